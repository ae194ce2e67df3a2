/// Writes values as BigQuery reads them from JSON lines, straight into an array of bytes.
enum JSONBytes {
    /// A text with its quotes and escapes.
    @inline(__always)
    static func append(text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<text.count {
            let byte = text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            line.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            appendEscape(of: byte, to: &line)
            start = index + 1
        }
        line.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        line.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(of byte: UInt8, to line: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): line.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): line.append(contentsOf: #"\\"#.utf8)
        case UInt8(ascii: "\n"): line.append(contentsOf: #"\n"#.utf8)
        case UInt8(ascii: "\r"): line.append(contentsOf: #"\r"#.utf8)
        case UInt8(ascii: "\t"): line.append(contentsOf: #"\t"#.utf8)
        default:
            line.append(contentsOf: #"\u00"#.utf8)
            line.append(hexadecimal[Int(byte >> 4)])
            line.append(hexadecimal[Int(byte & 15)])
        }
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)

    /// A whole number as a text: a number would lose digits above 2^53.
    static func append(_ number: Int64, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        appendDigits(number, to: &line)
        line.append(UInt8(ascii: "\""))
    }

    private static func appendDigits(_ number: Int64, to line: inout [UInt8]) {
        if number < 0 { line.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = line.count
        repeat {
            line.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        line[start...].reverse()
    }

    /// A number with a binary point; those that JSON does not have as texts.
    static func append(_ number: Double, to line: inout [UInt8]) {
        if number.isNaN {
            line.append(contentsOf: "\"NaN\"".utf8)
        } else if number.isInfinite {
            line.append(contentsOf: (number > 0 ? "\"Infinity\"" : "\"-Infinity\"").utf8)
        } else {
            line.append(contentsOf: number.description.utf8)
        }
    }

    /// Bytes in padded Base64.
    static func append(base64 bytes: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        var index = 0
        while index < bytes.count {
            let count = min(3, bytes.count - index)
            let first = UInt32(bytes[index]) << 16
            let second = count > 1 ? UInt32(bytes[index + 1]) << 8 : 0
            let group = first | second | (count > 2 ? UInt32(bytes[index + 2]) : 0)
            line.append(base64[Int(group >> 18)])
            line.append(base64[Int(group >> 12 & 63)])
            line.append(count > 1 ? base64[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            line.append(count > 2 ? base64[Int(group & 63)] : UInt8(ascii: "="))
            index += 3
        }
        line.append(UInt8(ascii: "\""))
    }

    private static let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    // MARK: Times

    /// The microseconds since 1970 of 0001-01-01 and of the last one of 9999, between which BigQuery's times lie.
    static let timestamps: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    /// An instant in UTC with all its microseconds: `2026-01-02T10:00:00.000007Z`.
    static func append(microseconds: Int64, to line: inout [UInt8]) throws {
        guard timestamps.contains(microseconds) else { throw ValueProblem("the time is not in the years 1 to 9999") }
        let perDay: Int64 = 86_400_000_000
        // Days are counted from 0000-03-01, so that a leap day ends a year; 400 years have 146,097 of them.
        let shifted = microseconds + 719_468 * perDay
        let days = shifted / perDay
        let rest = shifted % perDay
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let seconds = rest / 1_000_000
        line.append(UInt8(ascii: "\""))
        append(year, digits: 4, to: &line)
        line.append(UInt8(ascii: "-"))
        append(month, digits: 2, to: &line)
        line.append(UInt8(ascii: "-"))
        append(day, digits: 2, to: &line)
        line.append(UInt8(ascii: "T"))
        append(seconds / 3600, digits: 2, to: &line)
        line.append(UInt8(ascii: ":"))
        append(seconds / 60 % 60, digits: 2, to: &line)
        line.append(UInt8(ascii: ":"))
        append(seconds % 60, digits: 2, to: &line)
        line.append(UInt8(ascii: "."))
        append(rest % 1_000_000, digits: 6, to: &line)
        line.append(UInt8(ascii: "Z"))
        line.append(UInt8(ascii: "\""))
    }

    private static func append(_ number: Int64, digits: Int, to line: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        var rest = number
        for _ in 0..<digits {
            line.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }
}
