public import EventSourcing

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Int64: ListElement {
    public init?(literal: String) { self.init(literal) }
    public var literal: String { description }
    public static var isBareInJSON: Bool { true }
}

extension Int32: ListElement {
    public init?(literal: String) { self.init(literal) }
    public var literal: String { description }
    public static var isBareInJSON: Bool { true }
}

extension Int16: ListElement {
    public init?(literal: String) { self.init(literal) }
    public var literal: String { description }
    public static var isBareInJSON: Bool { true }
}

extension Bool: ListElement {
    public init?(literal: String) {
        switch literal {
        case "true", "t": self = true
        case "false", "f": self = false
        default: return nil
        }
    }

    public var literal: String { description }
    public static var isBareInJSON: Bool { true }
}

extension Double: ListElement {
    public init?(literal: String) {
        switch literal {
        case "NaN": self = .nan
        case "Infinity": self = .infinity
        case "-Infinity": self = -.infinity
        default:
            guard let value = Double(literal), value.isFinite else { return nil }
            self = value
        }
    }

    public var literal: String {
        isNaN ? "NaN" : isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : description
    }
}

extension Float: ListElement {
    public init?(literal: String) {
        switch literal {
        case "NaN": self = .nan
        case "Infinity": self = .infinity
        case "-Infinity": self = -.infinity
        default:
            guard let value = Float(literal), value.isFinite else { return nil }
            self = value
        }
    }

    public var literal: String {
        isNaN ? "NaN" : isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : description
    }
}

extension String: ListElement {
    public init?(literal: String) { self = literal }
    public var literal: String { self }
}

extension JSON: ListElement {
    public init?(literal: String) {
        guard let json = try? JSON(literal) else { return nil }
        self = json
    }

    public var literal: String { text }
}

extension UUID: ListElement {
    public init?(literal: String) { self.init(uuidString: literal) }
    public var literal: String { uuidString.lowercased() }
}

extension Instant: ListElement {
    /// A date and a time in UTC: `2026-11-25 10:00:00.5+00`.
    public init?(literal: String) {
        guard let start = literal.firstRange(of: "+00") else { return nil }
        let local = literal[..<start.lowerBound] + literal[start.upperBound...]
        guard let time = LocalDateTime(literal: String(local))?.microsecondsSince1970 else { return nil }
        self.init(microsecondsSince1970: time)
    }

    public var literal: String {
        LocalDateTime(microsecondsSince1970: microsecondsSince1970).literal(offset: "+00")
    }
}

extension [UInt8]: ListElement {
    /// Pairs of hexadecimal digits after `\x`.
    public init?(literal: String) {
        var digits = Array(literal.utf8)[...]
        guard digits.popFirst() == UInt8(ascii: "\\"), digits.popFirst() == UInt8(ascii: "x"), digits.count % 2 == 0
        else { return nil }
        var bytes: [UInt8] = []
        while let high = digits.popFirst(), let low = digits.popFirst() {
            guard let high = Self.value(ofDigit: high), let low = Self.value(ofDigit: low) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = bytes
    }

    public var literal: String {
        let digits = Array("0123456789abcdef".utf8)
        let text = flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\\x" + String(decoding: text, as: UTF8.self)
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension ListElement where Self: RawRepresentable, RawValue: ListElement {
    /// Reads the raw value.
    public init?(literal: String) {
        guard let rawValue = RawValue(literal: literal), let value = Self(rawValue: rawValue) else { return nil }
        self = value
    }

    /// The text of the raw value.
    public var literal: String { rawValue.literal }

    /// As the raw value says.
    public static var isBareInJSON: Bool { RawValue.isBareInJSON }
}
