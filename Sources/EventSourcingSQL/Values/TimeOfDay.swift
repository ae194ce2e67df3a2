/// A time of a day without a date: `time` of PostgreSQL, from 00:00 to 24:00, both included.
public struct TimeOfDay: LiteralValue, Comparable, CustomStringConvertible {
    /// The microseconds since midnight: 0 to 86,400,000,000.
    public let microseconds: Int64

    /// Takes the microseconds since midnight; nil when there are more than a day has.
    public init?(microseconds: Int64) {
        guard (0...86_400_000_000).contains(microseconds) else { return nil }
        self.microseconds = microseconds
    }

    /// Takes hours, minutes, seconds and microseconds; nil when there is no such time. 24:00:00 is the end of a day.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond)
        else { return nil }
        self.init(microseconds: (Int64(hour * 60 + minute) * 60 + Int64(second)) * 1_000_000 + Int64(microsecond))
    }

    /// The hour, from 0 to 24.
    public var hour: Int { Int(microseconds / 3_600_000_000) }
    /// The minute, from 0 to 59.
    public var minute: Int { Int(microseconds / 60_000_000 % 60) }
    /// The second, from 0 to 59.
    public var second: Int { Int(microseconds / 1_000_000 % 60) }
    /// The microsecond, from 0 to 999,999.
    public var microsecond: Int { Int(microseconds % 1_000_000) }

    /// `23:59:59.5`.
    public var description: String { literal }

    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Reads `23:59:59.5`.
    public init?(literal: String) {
        let parts = literal.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        func isNumber(_ text: Substring) -> Bool {
            text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard numbers.count == 3, numbers.allSatisfy({ $0.utf8.count == 2 && isNumber($0) }),
            let hour = Int(numbers[0]), let minute = Int(numbers[1]), let second = Int(numbers[2])
        else { return nil }
        var microsecond = 0
        if parts.count == 2 {
            guard (1...6).contains(parts[1].utf8.count), isNumber(parts[1]),
                let fraction = Int(parts[1] + String(repeating: "0", count: 6 - parts[1].utf8.count))
            else { return nil }
            microsecond = fraction
        }
        self.init(hour: hour, minute: minute, second: second, microsecond: microsecond)
    }

    public var literal: String {
        "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))\(fraction(ofMicroseconds: microsecond))"
    }
}

/// The point and the digits behind a second, without zeros at their end; nothing for none.
func fraction(ofMicroseconds microseconds: Int) -> String {
    guard microseconds != 0 else { return "" }
    var digits = padded(microseconds, 6)
    while digits.hasSuffix("0") { digits.removeLast() }
    return ".\(digits)"
}

/// A time of a day with an offset from UTC: `time with time zone` of PostgreSQL.
///
/// Two are equal when both the time and the offset are.
public struct TimeOfDayWithOffset: LiteralValue, CustomStringConvertible {
    /// The time where the offset holds.
    public let time: TimeOfDay
    /// The seconds that the time is ahead of UTC; PostgreSQL keeps less than 16 hours of either sign.
    public let secondsFromUTC: Int32

    /// Takes a time and an offset.
    public init(_ time: TimeOfDay, secondsFromUTC: Int32) {
        self.time = time
        self.secondsFromUTC = secondsFromUTC
    }

    /// `23:59:59.5+02:00`.
    public var description: String { literal }

    /// Reads `23:59:59.5+02`, `…+05:30` or `…-00:00:01`.
    public init?(literal: String) {
        guard let sign = literal.lastIndex(where: { $0 == "+" || $0 == "-" }),
            let time = TimeOfDay(literal: String(literal[..<sign]))
        else { return nil }
        var parts = literal[literal.index(after: sign)...].split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        while parts.count < 3 { parts.append("00") }
        let numbers = parts.compactMap { UInt8($0).map(Int32.init) }
        guard numbers.count == 3, numbers[1] < 60, numbers[2] < 60 else { return nil }
        let seconds = (numbers[0] * 60 + numbers[1]) * 60 + numbers[2]
        self.init(time, secondsFromUTC: literal[sign] == "-" ? -seconds : seconds)
    }

    public var literal: String {
        let seconds = abs(Int(secondsFromUTC))
        let offset = "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2))"
        let rest = seconds % 60 == 0 ? "" : ":\(padded(seconds % 60, 2))"
        return "\(time.literal)\(secondsFromUTC < 0 ? "-" : "+")\(offset)\(rest)"
    }
}
