/// A day and a time in no particular time zone: `timestamp without time zone` of PostgreSQL.
public struct LocalDateTime: LiteralValue, Comparable, CustomStringConvertible {
    /// The day; an infinite one makes the whole infinite.
    public let date: CalendarDate
    /// The time, before 24:00.
    public let time: TimeOfDay

    /// After every time.
    public static let infinity = LocalDateTime(.infinity)
    /// Before every time.
    public static let negativeInfinity = LocalDateTime(.negativeInfinity)

    /// The beginning of a day.
    public init(_ date: CalendarDate) {
        self.date = date
        time = Self.midnight
    }

    /// Takes a day and a time; 24:00 is the beginning of the next day, and an infinite day has no time.
    public init(_ date: CalendarDate, _ time: TimeOfDay) {
        let isNextDay = date.isFinite && time.microseconds == 86_400_000_000
        self.date = isNextDay ? CalendarDate(daysSince1970: date.daysSince1970 + 1) : date
        self.time = isNextDay || !date.isFinite ? Self.midnight : time
    }

    private static let midnight = TimeOfDay(exactly: 0)

    /// `2026-11-25 10:00:00.5`, `0044-03-15 12:00:00 BC`, `infinity`.
    public var description: String { literal }

    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }

    // MARK: Microseconds

    private static let day: Int64 = 86_400_000_000

    /// Takes the microseconds since 1970-01-01 00:00:00.
    init(microsecondsSince1970: Int64) {
        let (quotient, remainder) = microsecondsSince1970.quotientAndRemainder(dividingBy: Self.day)
        let days = remainder < 0 ? quotient - 1 : quotient
        date = CalendarDate(daysSince1970: Int32(truncatingIfNeeded: days))
        time = TimeOfDay(exactly: remainder < 0 ? remainder + Self.day : remainder)
    }

    /// The microseconds since 1970-01-01 00:00:00; nil when it is infinite, or there are too many.
    var microsecondsSince1970: Int64? {
        guard date.isFinite else { return nil }
        let (days, daysOverflow) = Int64(date.daysSince1970).multipliedReportingOverflow(by: Self.day)
        let (sum, overflow) = days.addingReportingOverflow(time.microseconds)
        return daysOverflow || overflow ? nil : sum
    }

    // MARK: Texts

    /// Reads `2026-11-25 10:00:00.5`, `0044-03-15 12:00:00 BC` or `infinity`.
    public init?(literal: String) {
        if let date = CalendarDate(literal: literal), !date.isFinite {
            self.init(date)
            return
        }
        let era = literal.hasSuffix(" BC") ? " BC" : ""
        let parts = literal.dropLast(era.count).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(literal: parts[0] + era), date.isFinite,
            let time = TimeOfDay(literal: String(parts[1]))
        else { return nil }
        self.init(date, time)
    }

    public var literal: String { literal(offset: "") }

    /// The text with an offset from UTC behind the time.
    func literal(offset: String) -> String {
        date.isFinite ? "\(date.isoDate) \(time.literal)\(offset)\(date.isBC ? " BC" : "")" : date.literal
    }
}

extension TimeOfDay {
    /// A time that is known to be one.
    init(exactly microseconds: Int64) {
        self.microseconds = microseconds
    }
}
