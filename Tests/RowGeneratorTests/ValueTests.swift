import EventSourcingSQL
import Foundation
import Testing

/// The values that have an exact text; the databases judge them in `EveryTypeTests`.
@Suite("Decimal numbers, days, times and ranges")
struct ValueTests {
    @Test(
        "A decimal number is written as PostgreSQL does",
        arguments: [
            ("1.50", "1.50"), ("-0.00", "0.00"), ("007", "7"), ("+.5", "0.5"), ("5.", "5"), ("1.5e3", "1500"),
            ("15e-1", "1.5"), ("-1e-3", "-0.001"), ("nan", "NaN"), ("-Infinity", "-Infinity"), ("0e5", "0"),
        ])
    func decimal(_ text: String, _ expected: String) {
        #expect(ExactDecimal(text)?.literal == expected)
    }

    @Test("A text that is no number is none", arguments: ["", ".", "-", "1e", "1e999999", "0x1", "1 ", "1,5", "٣"])
    func noDecimal(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test("Decimal numbers are compared by their values, and ordered as PostgreSQL orders them")
    func order() throws {
        let ordered = [
            "-Infinity", "-100", "-99.5", "-0.001", "0", "0.001", "0.01", "1.5", "9", "10", "10.0001", "Infinity",
            "NaN",
        ].compactMap { ExactDecimal($0) }
        for (index, left) in ordered.enumerated() {
            for (other, right) in ordered.enumerated() {
                #expect((left < right) == (index < other), "\(left) \(right)")
            }
        }
        let (short, long) = (try #require(ExactDecimal("1.5")), try #require(ExactDecimal("1.500")))
        #expect(short == long && short.hashValue == long.hashValue && short.literal != long.literal)
        #expect(long.neededFractionDigits == 1 && long.fractionDigits == 3)
        #expect(ExactDecimal("100")?.neededFractionDigits == 0)
    }

    @Test("A decimal number is Foundation's where that can hold it, and keeps its digits in JSON")
    func foundation() throws {
        #expect(ExactDecimal("0.1")?.decimal == Decimal(string: "0.1"))
        #expect(ExactDecimal(String(repeating: "1", count: 60))?.decimal == nil && ExactDecimal.nan.decimal == nil)
        #expect(ExactDecimal(Decimal(string: "-12.5") ?? 0) == ExactDecimal("-12.5"))
        let json = try JSONEncoder().encode(["a": ExactDecimal("0.10")])
        #expect(String(decoding: json, as: UTF8.self) == #"{"a":"0.10"}"#)
        #expect(try JSONDecoder().decode([String: ExactDecimal].self, from: json)["a"]?.literal == "0.10")
    }

    @Test("Days go by the Gregorian calendar, before our era, too")
    func days() throws {
        #expect(CalendarDate(year: 1970, month: 1, day: 1)?.daysSince1970 == 0)
        #expect(CalendarDate(year: 2000, month: 2, day: 29)?.literal == "2000-02-29")
        #expect(
            CalendarDate(year: 1900, month: 2, day: 29) == nil && CalendarDate(year: 2026, month: 13, day: 1) == nil)
        #expect(CalendarDate(year: 0, month: 12, day: 31)?.literal == "0001-12-31 BC")
        for text in ["", "2026-11-31", "2026-1-1", "26-11-25", "0000-01-01", "2026-11-25 AD", "20261125", "-001-01-01"]
        {
            #expect(CalendarDate(literal: text) == nil, "\(text)")
        }
        for days in stride(from: Int32(-2_440_588), to: 3_000_000, by: 9_973) {
            let date = CalendarDate(daysSince1970: days)
            #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
            #expect(CalendarDate(literal: date.literal) == date)
        }
    }

    @Test("A time ends at 24:00, and what is none is nil")
    func times() {
        #expect(TimeOfDay(literal: "24:00:00")?.microseconds == 86_400_000_000)
        for text in ["24:00:01", "12:60:00", "12:00", "1:00:00", "12:00:00.", "12:00:00.1234567", "12:00:00.-1"] {
            #expect(TimeOfDay(literal: text) == nil, "\(text)")
        }
        #expect(TimeOfDayWithOffset(literal: "12:00:00-05:30")?.secondsFromUTC == -19_800)
        #expect(TimeOfDayWithOffset(literal: "12:00:00") == nil && TimeOfDayWithOffset(literal: "12:00:00+5") == nil)
        let midnight = TimeOfDay(hour: 24, minute: 0).map { LocalDateTime(CalendarDate(daysSince1970: 0), $0) }
        #expect(midnight?.literal == "1970-01-02 00:00:00")
        #expect(Instant(literal: "1969-12-31 23:59:59.999999+00")?.microsecondsSince1970 == -1)
    }

    @Test("An interval keeps its three parts apart, each with its sign")
    func intervals() {
        let interval = CalendarInterval(months: 14, days: -3, microseconds: -1_500_000)
        #expect(interval.literal == "+14 mons -3 days -00:00:01.5")
        #expect(CalendarInterval(literal: interval.literal) == interval)
        #expect(
            CalendarInterval().literal == "+00:00:00" && CalendarInterval(literal: "+00:00:00") == CalendarInterval())
        for text in ["1 month", "+1 mons +1", "+00:00", "+99999999999999:00:00"] {
            #expect(CalendarInterval(literal: text) == nil, "\(text)")
        }
    }

    @Test("A range says whether its ends belong to it")
    func ranges() {
        #expect(BoundedRange<Int64>(literal: "[1,10)") == BoundedRange(1..<10))
        #expect(BoundedRange<Int64>(literal: "(,5]")?.includesLower == false)
        #expect(BoundedRange<Int64>(literal: "empty")?.isEmpty == true)
        #expect(BoundedRange<Int64>(lower: nil, upper: nil).literal == "(,)")
        for text in ["", "[1]", "[1,2", "1,2)", "[a,2)", "[1,2,3)", "[\"1,2)"] {
            #expect(BoundedRange<Int64>(literal: text) == nil, "\(text)")
        }
    }
}
