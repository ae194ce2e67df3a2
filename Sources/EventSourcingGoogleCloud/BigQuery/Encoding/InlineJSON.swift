/// Writes a JSON text into a line of JSON, as the value of a column of the type JSON.
///
/// BigQuery keeps a number of JSON as a whole number of 64 bits or as one of double precision. One that would become
/// another number is refused, and so that no digit is ever lost.
enum InlineJSON {
    /// Appends a text that is valid JSON; line breaks between its tokens become blanks.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) throws {
        guard text.contains(where: { $0 > 0x20 }) else { throw ValueProblem("it is no JSON") }
        let start = line.count
        line.append(contentsOf: text)
        try line.withUnsafeMutableBufferPointer { line in
            try check(UnsafeMutableBufferPointer(rebasing: line[start...]))
        }
    }

    private static func check(_ text: UnsafeMutableBufferPointer<UInt8>) throws {
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\""):
                index += 1
                while index < text.count, text[index] != UInt8(ascii: "\"") {
                    // A line break within a text would end the row.
                    if text[index] < 0x20 { throw ValueProblem("it is no JSON") }
                    index += text[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index += 1
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let start = index
                while index < text.count, isPartOfNumber(text[index]) { index += 1 }
                try check(number: UnsafeBufferPointer(rebasing: text[start..<index]))
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                text[index] = UInt8(ascii: " ")
                index += 1
            default: index += 1
            }
        }
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Up to 15 digits without an exponent are never lost.
    private static func check(number: UnsafeBufferPointer<UInt8>) throws {
        if number.count <= 15, !number.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) { return }
        let text = String(decoding: number, as: UTF8.self)
        if Int64(text) != nil || UInt64(text) != nil { return }
        guard let double = Double(text), double.isFinite, let written = DecimalNumber(text),
            let kept = DecimalNumber(double.description), written == kept
        else {
            throw ValueProblem(
                "it has a number that BigQuery's JSON cannot hold exactly; say \"STRING\" for the column in "
                    + "schema/bigquery.json to keep its text")
        }
    }
}

/// A decimal number by its digits: a pure value for comparing two ways to write one.
struct DecimalNumber: Hashable {
    private(set) var isNegative = false
    /// The digits without zeros at either end.
    private(set) var digits: [UInt8] = []
    /// The digits stand for a fraction, 0.digits, times ten to this power.
    private(set) var exponent = 0

    /// Reads `-12.50`, `1E400`, `.5`; nil for anything else.
    init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        if rest.first == "-" || rest.first == "+" { isNegative = rest.removeFirst() == "-" }
        let parts = rest.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let numbers = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = numbers[0]
        let fraction = numbers.count == 2 ? numbers[1] : ""
        guard !(whole.isEmpty && fraction.isEmpty), (whole + fraction).utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            return nil
        }
        exponent = whole.utf8.count
        if parts.count == 2 {
            guard let power = Int(parts[1]), abs(power) < 1_000_000 else { return nil }
            exponent += power
        }
        digits = Array((whole + fraction).utf8)
        let zeros = digits.prefix { $0 == 0x30 }.count
        digits.removeFirst(zeros)
        exponent -= zeros
        while digits.last == 0x30 { digits.removeLast() }
        if digits.isEmpty { (isNegative, exponent) = (false, 0) }
    }

    /// How many digits stand before the point.
    var wholeDigits: Int { max(0, exponent) }
    /// How many digits stand behind it.
    var fractionDigits: Int { max(0, digits.count - exponent) }
}
