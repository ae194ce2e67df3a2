extension Instant: LosslessStringConvertible {
    /// Reads a time as RFC 3339, section 5.6, has it: `2011-10-01T00:38:44.546+02:00`.
    ///
    /// Up to nine digits of a second are kept. Nil for anything else: a time without an offset, a date that does not
    /// exist, a leap second, more digits unless they are zeros.
    public init?(_ text: String) {
        guard let parsed = Instant.parse(text), !parsed.isTruncated else { return nil }
        self = parsed.instant
    }

    /// Reads a time and says whether digits beyond nanoseconds had to be dropped.
    package static func parse(_ text: String) -> (instant: Instant, isTruncated: Bool)? {
        var text = text
        return text.withUTF8 { bytes in
            var parser = RFC3339Parser(bytes)
            return parser.parse()
        }
    }

    /// The instant in UTC with as many digits of a second as it needs, in threes: `2011-09-30T22:38:44.546Z`.
    public var description: String {
        let microsecondsPerDay: Int64 = 86_400_000_000
        var days = microsecondsSince1970 / microsecondsPerDay
        var rest = microsecondsSince1970 % microsecondsPerDay
        if rest < 0 {
            rest += microsecondsPerDay
            days -= 1
        }
        let date = CivilDate(daysSince1970: days)
        let seconds = rest / 1_000_000
        var text = date.year < 0 ? "-" : ""
        text += padded(abs(date.year), 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
        text += "T" + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
        let nanoseconds = rest % 1_000_000 * 1000 + Int64(nanosecondsLeft)
        if nanoseconds != 0 {
            var fraction = padded(nanoseconds, 9)
            while fraction.hasSuffix("000") { fraction.removeLast(3) }
            text += "." + fraction
        }
        return text + "Z"
    }
}

private func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// A day of the proleptic Gregorian calendar.
private struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    /// Years start in March here, so that the leap day is the last one; eras of 400 years have 146,097 days.
    init(daysSince1970: Int64) {
        let days = Int(daysSince1970) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Nil when there is no such day.
    init?(year: Int, month: Int, day: Int) {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard 1...12 ~= month, 1...lengths[month - 1] ~= day else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    var daysSince1970: Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

/// Reads the grammar of RFC 3339, section 5.6, over borrowed bytes.
private struct RFC3339Parser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func parse() -> (instant: Instant, isTruncated: Bool)? {
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
            let date = CivilDate(year: year, month: month, day: day), skip("T") || skip("t") || skip(" "),
            let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60, skip(":"),
            let second = number(2), second < 60, let fraction = fraction(), let offsetMinutes = offsetMinutes(),
            offset == bytes.count
        else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
        let instant = Instant(
            microsecondsSince1970: Int64(seconds) * 1_000_000 + Int64(fraction.nanoseconds / 1000),
            nanosecondsLeft: UInt16(fraction.nanoseconds % 1000))
        return (instant, fraction.isTruncated)
    }

    private mutating func skip(_ byte: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: byte) else { return false }
        offset += 1
        return true
    }

    private mutating func digit() -> Int? {
        guard offset < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[offset] else { return nil }
        defer { offset += 1 }
        return Int(bytes[offset] - UInt8(ascii: "0"))
    }

    private mutating func number(_ digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func fraction() -> (nanoseconds: Int, isTruncated: Bool)? {
        guard skip(".") else { return (0, false) }
        guard var nanoseconds = digit() else { return nil }
        var count = 1
        var isTruncated = false
        while let digit = digit() {
            if count < 9 {
                nanoseconds = nanoseconds * 10 + digit
                count += 1
            } else if digit != 0 {
                isTruncated = true
            }
        }
        while count < 9 {
            nanoseconds *= 10
            count += 1
        }
        return (nanoseconds, isTruncated)
    }

    private mutating func offsetMinutes() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let isNegative = skip("-")
        guard isNegative || skip("+"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2),
            minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isNegative ? -1 : 1)
    }
}
