#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A decimal number with as many digits as it was given: `numeric` of PostgreSQL, and never a double.
///
/// The digits behind the point are kept, zeros included, but do not count when numbers are compared: `1.50` equals `1.5`.
/// PostgreSQL also has `NaN`, which equals itself and is greater than every number, and, from version 14 on, two
/// infinities.
///
/// ```swift
/// let price = ExactDecimal("19.90")
/// ```
public struct ExactDecimal: LiteralValue, Comparable, CustomStringConvertible {
    /// The number as PostgreSQL writes it: `-19.90`, `NaN`, `Infinity`.
    public let literal: String

    /// What is no number.
    public static let nan = ExactDecimal(exactly: "NaN")
    /// Greater than every number but `nan`.
    public static let infinity = ExactDecimal(exactly: "Infinity")
    /// Less than every number.
    public static let negativeInfinity = ExactDecimal(exactly: "-Infinity")

    private init(exactly literal: String) {
        self.literal = literal
    }

    /// Takes a whole number.
    public init(_ value: some BinaryInteger) {
        literal = "\(value)"
    }

    /// Takes the digits of Foundation's decimal number, which has 38 of them at most.
    public init(_ decimal: Decimal) {
        self = ExactDecimal("\(decimal)") ?? .nan
    }

    /// Reads a text such as `-19.90` or `1.5e3`; nil when it is no number.
    public init?(_ text: String) {
        self.init(literal: text)
    }

    /// Reads a text such as `-19.90` or `1.5e3`; nil when it is no number, or has an exponent beyond ±200,000, which no
    /// database keeps.
    public init?(literal text: String) {
        switch text.lowercased() {
        case "nan": self = .nan
        case "infinity", "+infinity", "inf", "+inf": self = .infinity
        case "-infinity", "-inf": self = .negativeInfinity
        default:
            guard let digits = DecimalDigits(text) else { return nil }
            literal = digits.text
        }
    }

    /// The number as Foundation's; nil when that cannot hold it exactly.
    public var decimal: Decimal? {
        guard isFinite, let decimal = Decimal(string: literal), ExactDecimal(decimal) == self else { return nil }
        return decimal
    }

    /// Whether it is a number.
    public var isFinite: Bool { literal.utf8.last.map { $0 < UInt8(ascii: "A") } ?? false }

    /// How many digits stand behind the point; 0 for what is no number.
    public var fractionDigits: Int {
        guard isFinite, let point = literal.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
        return literal.utf8.distance(from: point, to: literal.utf8.endIndex) - 1
    }

    /// The number as PostgreSQL writes it.
    public var description: String { literal }

    // MARK: Comparing

    /// The digits that count.
    private var value: DecimalDigits? { isFinite ? DecimalDigits(literal)?.withoutTrailingZeros : nil }

    /// Compares the numbers, however many zeros stand at their ends.
    public static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.literal.utf8.elementsEqual(right.literal.utf8) || (left.isFinite && left.value == right.value)
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(value?.text ?? literal)
    }

    /// Orders numbers as PostgreSQL does.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if let left = left.value, let right = right.value { return left < right }
        return left.rank < right.rank
    }

    private var rank: Int {
        isFinite ? 0 : self == .nan ? 2 : self == .infinity ? 1 : -1
    }
}

extension ExactDecimal: ExpressibleByIntegerLiteral {
    /// Takes a whole number.
    public init(integerLiteral value: Int64) {
        self.init(value)
    }
}

extension ExactDecimal: Codable {
    /// Reads a text; a JSON number would have gone through a double.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = ExactDecimal(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no decimal number")
        }
        self = value
    }

    /// Writes a text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(literal)
    }
}
