/// The value of a CloudEvents extension attribute, in the types that JSON tells apart (CloudEvents 1.0, section 2.1).
public enum ExtensionValue: Sendable {
    /// Text; also URIs, timestamps and bytes in base 64, which CloudEvents writes as text.
    case string(String)
    /// A whole number of 32 bits.
    case integer(Int32)
    /// True or false.
    case boolean(Bool)
}

extension ExtensionValue: Hashable {
    /// Two values are equal when they have the same type and value: text by its UTF-8 bytes.
    public static func == (left: ExtensionValue, right: ExtensionValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.integer(let left), .integer(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        default: false
        }
    }

    /// Hashes the value so that equal ones have equal hashes.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .string(let text): UTF8Key(text).hash(into: &hasher)
        case .integer(let number): hasher.combine(number)
        case .boolean(let bool): hasher.combine(bool)
        }
    }
}

extension ExtensionValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// Text from a literal.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A number from a literal.
    public init(integerLiteral value: Int32) { self = .integer(value) }

    /// True or false from a literal.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
