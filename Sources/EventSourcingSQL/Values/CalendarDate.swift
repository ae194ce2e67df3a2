/// A day of the Gregorian calendar without a time: `date` of PostgreSQL.
///
/// PostgreSQL keeps the days from 4713 BC to the year 5874897, and the two infinities.
public struct CalendarDate: LiteralValue, Comparable, CustomStringConvertible {
    /// The days since 1970-01-01; the ends of the range stand for the infinities.
    public let daysSince1970: Int32

    /// After every day.
    public static let infinity = CalendarDate(daysSince1970: .max)
    /// Before every day.
    public static let negativeInfinity = CalendarDate(daysSince1970: .min)

    /// Takes the days since 1970-01-01.
    public init(daysSince1970: Int32) {
        self.daysSince1970 = daysSince1970
    }

    /// Takes a year, a month and a day; nil when there is no such day.
    ///
    /// - Parameter year: 0 is the year 1 BC, -1 the year 2 BC, and so on, as in ISO 8601.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Self.length(of: month, in: year), abs(year) <= 5_880_000,
            let days = Int32(exactly: Self.days(year, month, day)), days != .min, days != .max
        else { return nil }
        daysSince1970 = days
    }

    /// Whether it is a day.
    public var isFinite: Bool { daysSince1970 != .min && daysSince1970 != .max }

    /// The year, where 0 is the year 1 BC.
    public var year: Int { parts.year }
    /// The month, from 1 to 12.
    public var month: Int { parts.month }
    /// The day of the month, from 1.
    public var day: Int { parts.day }

    /// `2026-11-25`, `0044-03-15 BC`, `infinity`.
    public var description: String { literal }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    // MARK: Texts

    /// Reads `2026-11-25`, `0044-03-15 BC` or `infinity`.
    public init?(literal: String) {
        switch literal {
        case "infinity": self = .infinity
        case "-infinity": self = .negativeInfinity
        default:
            let isBC = literal.hasSuffix(" BC")
            let numbers = (isBC ? literal.dropLast(3) : literal[...]).split(
                separator: "-", omittingEmptySubsequences: false)
            guard numbers.count == 3, numbers[0].count >= 4, numbers[1].count == 2, numbers[2].count == 2,
                numbers.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
                let year = Int(numbers[0]), let month = Int(numbers[1]), let day = Int(numbers[2]), year > 0
            else { return nil }
            self.init(year: isBC ? 1 - year : year, month: month, day: day)
        }
    }

    public var literal: String {
        guard isFinite else { return daysSince1970 > 0 ? "infinity" : "-infinity" }
        return isoDate + (isBC ? " BC" : "")
    }

    var isBC: Bool { isFinite && year <= 0 }

    /// The year, of either era, the month and the day.
    var isoDate: String {
        let parts = parts
        return
            "\(padded(parts.year > 0 ? parts.year : 1 - parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }

    // MARK: The calendar

    private static func length(of month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// The days since 1970; years begin in March, so that the leap day is the last of one, and 400 of them have 146,097
    /// days (<https://howardhinnant.github.io/date_algorithms.html>).
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private var parts: (year: Int, month: Int, day: Int) {
        let days = Int(daysSince1970) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

/// A number with zeros in front of it.
func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
