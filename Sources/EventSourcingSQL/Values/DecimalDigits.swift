/// The sign and the digits of a decimal number, before and behind the point.
struct DecimalDigits: Equatable {
    private(set) var isNegative = false
    /// Without zeros in front; empty for 0.
    private(set) var whole: [UInt8] = []
    private(set) var fraction: [UInt8] = []

    /// Reads a sign, digits, a point, digits and an exponent, of which only one digit has to be there.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest.removeFirst()
        }
        func digits() -> [UInt8] {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest.removeFirst(digits.count)
            return Array(digits)
        }
        whole = digits()
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = digits()
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        if let letter = rest.first, letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") {
            guard let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(exponent) <= 200_000
            else { return nil }
            movePoint(by: exponent)
        } else if !rest.isEmpty {
            return nil
        }
        whole = Array(whole.drop { $0 == UInt8(ascii: "0") })
        // There is no negative zero.
        if whole.isEmpty, fraction.allSatisfy({ $0 == UInt8(ascii: "0") }) { isNegative = false }
    }

    private mutating func movePoint(by exponent: Int) {
        if exponent > 0 {
            let moved = fraction.prefix(exponent)
            whole += moved + Array(repeating: UInt8(ascii: "0"), count: exponent - moved.count)
            fraction.removeFirst(moved.count)
        } else {
            let moved = whole.suffix(-exponent)
            fraction = Array(repeating: UInt8(ascii: "0"), count: -exponent - moved.count) + moved + fraction
            whole.removeLast(moved.count)
        }
    }

    /// The number as PostgreSQL writes it.
    var text: String {
        let digits = whole.isEmpty ? [UInt8(ascii: "0")] : whole
        let text = (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
        return fraction.isEmpty ? text : text + "." + String(decoding: fraction, as: UTF8.self)
    }

    /// The same number with as few digits as it needs.
    var withoutTrailingZeros: DecimalDigits {
        var digits = self
        while digits.fraction.last == UInt8(ascii: "0") { digits.fraction.removeLast() }
        return digits
    }

    static func < (left: DecimalDigits, right: DecimalDigits) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let (small, great) = left.isNegative ? (right, left) : (left, right)
        if small.whole.count != great.whole.count { return small.whole.count < great.whole.count }
        if small.whole != great.whole { return small.whole.lexicographicallyPrecedes(great.whole) }
        return small.fraction.lexicographicallyPrecedes(great.fraction)
    }
}
