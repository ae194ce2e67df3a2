/// A span of time in months, days and microseconds, none of which is a fixed number of the others: `interval` of
/// PostgreSQL.
///
/// Two are equal when all three parts are; for PostgreSQL `1 mon` and `30 days` are equal, too.
public struct CalendarInterval: LiteralValue, CustomStringConvertible {
    /// The months; a year has 12.
    public var months: Int32
    /// The days, which are not always 24 hours.
    public var days: Int32
    /// The microseconds.
    public var microseconds: Int64

    /// Takes the parts.
    public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.days = days
        self.microseconds = microseconds
    }

    /// `+14 mons -3 days +00:00:01.5`.
    public var description: String { literal }

    /// Reads `+14 mons -3 days +00:00:01.5`, of which each part may be missing.
    public init?(literal: String) {
        self.init()
        var rest = literal.split(separator: " ", omittingEmptySubsequences: false)[...]
        if rest.count >= 2, rest.dropFirst().first == "mons" {
            guard let months = Int32(rest.removeFirst()) else { return nil }
            self.months = months
            rest.removeFirst()
        }
        if rest.count >= 2, rest.dropFirst().first == "days" {
            guard let days = Int32(rest.removeFirst()) else { return nil }
            self.days = days
            rest.removeFirst()
        }
        guard let time = rest.popFirst() else { return }
        guard rest.isEmpty, let microseconds = Self.microseconds(of: time) else { return nil }
        self.microseconds = microseconds
    }

    /// Every part has a sign, so that none takes over that of another, whatever `IntervalStyle` is.
    public var literal: String {
        var parts: [String] = []
        if months != 0 { parts.append("\(months < 0 ? "" : "+")\(months) mons") }
        if days != 0 { parts.append("\(days < 0 ? "" : "+")\(days) days") }
        if microseconds != 0 || parts.isEmpty { parts.append(Self.time(of: microseconds)) }
        return parts.joined(separator: " ")
    }

    private static func time(of microseconds: Int64) -> String {
        let rest = microseconds.magnitude
        let seconds = rest / 1_000_000
        let time = "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        return "\(microseconds < 0 ? "-" : "+")\(time)\(fraction(ofMicroseconds: Int(rest % 1_000_000)))"
    }

    private static func microseconds(of text: Substring) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text
        guard let colon = digits.firstIndex(of: ":"), let hours = UInt64(digits[..<colon]),
            let rest = TimeOfDay(literal: "00" + digits[colon...])
        else { return nil }
        let (product, isTooLong) = hours.multipliedReportingOverflow(by: 3_600_000_000)
        let (sum, overflow) = product.addingReportingOverflow(UInt64(rest.microseconds))
        guard !isTooLong, !overflow else { return nil }
        if isNegative { return sum <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- sum) : nil }
        return Int64(exactly: sum)
    }
}
