import EventSourcingSQL
import EveryTypeCode
import Foundation
import TestSupport

/// Random values of every type that PostgreSQL can keep: now and then one from the ends of its range.
struct RandomValues {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    private mutating func next() -> UInt64 { generator.next() }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

    /// A value, or one of the special ones.
    private mutating func mostly<Value>(_ value: Value, or special: Value...) -> Value {
        below(5) == 0 ? one(of: special) : value
    }

    // MARK: Numbers

    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number {
        mostly(Number(truncatingIfNeeded: next()), or: .min, .max, 0, 1, Number(0) &- 1)
    }

    mutating func double() -> Double {
        let random = Double(bitPattern: next())
        return mostly(random.isNaN ? 0 : random, or: .infinity, -.infinity, 0, .leastNonzeroMagnitude, 0.1)
    }

    mutating func float() -> Float {
        let random = Float(bitPattern: UInt32(truncatingIfNeeded: next()))
        return mostly(random.isNaN ? 0 : random, or: .infinity, -.infinity, 0, .leastNonzeroMagnitude, 0.1)
    }

    mutating func number() -> ExactDecimal {
        mostly(finiteNumber(), or: .nan, .infinity, .negativeInfinity, 0)
    }

    mutating func finiteNumber() -> ExactDecimal {
        func digits(_ count: Int) -> String { (0..<count).map { _ in "\(below(10))" }.joined() }
        let text = "\(below(2) == 0 ? "-" : "")\(digits(1 + below(40)))"
        let fraction = below(30)
        return ExactDecimal(fraction == 0 ? text : "\(text).\(digits(fraction))") ?? 0
    }

    mutating func price() -> ExactDecimal {
        ExactDecimal("\(below(1_000_000) - 500_000).\(below(10))\(below(10))") ?? 0
    }

    // MARK: Texts

    mutating func text(_ length: Int = 40) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "\\", "'", ",", "{", "}", "(", "\n", "\t", "é", "\u{301}", "ß", "漢", "🙂", "\u{1}",
            "\u{7F}", "\u{FEFF}", "\u{10FFFF}",
        ]
        var view = String.UnicodeScalarView()
        for _ in 0..<below(length + 1) { view.append(one(of: scalars)) }
        return mostly(String(view), or: "", "NULL", "null", "{}", "007", "1e5", " ")
    }

    mutating func bytes() -> [UInt8] {
        (0..<below(20)).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    mutating func uuid() -> UUID {
        var value = (next(), next())
        return withUnsafeBytes(of: &value) { UUID(uuid: $0.load(as: uuid_t.self)) }
    }

    mutating func json() -> JSON {
        let texts = [
            "{}", "[1,  2]", "null", "\"é \\u0041\"", "{\"b\": 1, \"a\": 1, \"b\": 2}", "1.50", "true", "-0.0", "1E400",
        ]
        return JSON(uncheckedBytes: Array(one(of: texts).utf8))
    }

    /// What PostgreSQL's `jsonb` writes as it was given.
    mutating func jsonb() -> JSON {
        let texts = ["{}", "[1, 2]", "null", "\"é\"", "{\"a\": 1, \"b\": [true, null]}", "1.50", "true"]
        return JSON(uncheckedBytes: Array(one(of: texts).utf8))
    }

    // MARK: Days and times

    private static let lastDay = CalendarDate(year: 294_276, month: 12, day: 31)?.daysSince1970 ?? 0

    mutating func day() -> CalendarDate {
        let random = CalendarDate(daysSince1970: Int32(below(2_000_000)) - 1_000_000)
        return mostly(
            random, or: .infinity, .negativeInfinity, CalendarDate(daysSince1970: -2_440_588),
            CalendarDate(daysSince1970: 2_145_042_905), CalendarDate(year: 0, month: 2, day: 29) ?? .infinity,
            CalendarDate(year: 1, month: 1, day: 1) ?? .infinity)
    }

    mutating func time() -> TimeOfDay {
        let random = TimeOfDay(microseconds: Int64(below(86_400_000_000)))
        let special = [0, 86_400_000_000, 86_399_999_999].compactMap(TimeOfDay.init(microseconds:))
        return mostly(random ?? special[0], or: special[0], special[1], special[2])
    }

    mutating func timeWithOffset() -> TimeOfDayWithOffset {
        TimeOfDayWithOffset(
            time(), secondsFromUTC: mostly(Int32(below(115_198)) - 57_599, or: 0, 3600, -57_599, 57_599))
    }

    mutating func dateTime() -> LocalDateTime {
        let days = Int(Self.lastDay) + 2_440_588
        let random = LocalDateTime(CalendarDate(daysSince1970: Int32(below(days) - 2_440_588)), time())
        return mostly(
            random, or: .infinity, .negativeInfinity, LocalDateTime(CalendarDate(daysSince1970: -2_440_588)),
            LocalDateTime(CalendarDate(daysSince1970: Self.lastDay), TimeOfDay(microseconds: 86_399_999_999) ?? time()))
    }

    /// From 4713 BC to the last instant that can be counted from 1970 in microseconds.
    mutating func instant() -> Instant {
        let first = -210_866_803_200_000_000
        let random = Instant(microsecondsSince1970: Int64(below(2 * -first) + first))
        return mostly(
            random, or: Instant(microsecondsSince1970: Int64(first)), Instant(microsecondsSince1970: 0),
            Instant(microsecondsSince1970: 9_223_371_331_199_999_999),
            Instant(microsecondsSince1970: -62_135_596_800_000_001))
    }

    /// PostgreSQL does not read the least one of microseconds that it writes.
    mutating func interval() -> CalendarInterval {
        CalendarInterval(months: integer(), days: integer(), microseconds: max(integer(), -.max))
    }

    // MARK: Ranges and lists

    /// In the form that PostgreSQL gives to ranges of whole numbers and of days.
    mutating func range<Bound: ListElement & Hashable & Comparable>(
        isDiscrete: Bool, _ bound: (inout Self) -> Bound
    ) -> BoundedRange<Bound> {
        let (first, second) = (bound(&self), bound(&self))
        if first == second { return .empty }
        let (lower, upper) = (below(4) == 0 ? nil : min(first, second), below(4) == 0 ? nil : max(first, second))
        return BoundedRange(
            lower: lower, upper: upper, includesLower: isDiscrete || below(2) == 0,
            includesUpper: !isDiscrete && below(2) == 0)
    }

    mutating func list<Element>(_ element: (inout Self) -> Element) -> [Element?] {
        (0..<below(5)).map { _ in below(4) == 0 ? nil : element(&self) }
    }

    mutating func elements<Element>(_ element: (inout Self) -> Element) -> [Element] {
        (0..<below(5)).map { _ in element(&self) }
    }

    /// A value or nil.
    mutating func maybe<Value>(_ value: (inout Self) -> Value) -> Value? {
        below(6) == 0 ? nil : value(&self)
    }
}
