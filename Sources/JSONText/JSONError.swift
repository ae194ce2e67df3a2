/// Where and why a text is not JSON as RFC 8259 defines it.
package struct JSONError: Error, Hashable, Sendable {
    /// The rule that the text breaks.
    package enum Code: String, Hashable, Sendable {
        /// A byte that cannot stand here.
        case unexpectedByte
        /// The text ends inside a value.
        case unexpectedEnd
        /// A byte below U+0020 inside a string; it must be written as an escape.
        case controlCharacter
        /// An escape other than those of RFC 8259, section 7.
        case invalidEscape
        /// Bytes that are not UTF-8 (RFC 3629).
        case invalidUTF8
        /// A number that breaks the grammar of RFC 8259, section 6.
        case invalidNumber
        /// More than ``JSONScanner/maximumDepth`` arrays and objects inside each other.
        case tooDeep
        /// Something after the end of the value.
        case trailingBytes
        /// An escaped surrogate without its other half: valid JSON, but no Unicode text.
        case loneSurrogate
    }

    /// The rule that the text breaks.
    package let code: Code

    /// How many bytes stand before the offending one.
    package let offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// The rule and the place, for people: "not JSON: unexpected byte at byte 12".
    package var description: String {
        "not JSON: \(reason) at byte \(offset)"
    }

    /// The rule in words, without the place.
    package var reason: String {
        switch code {
        case .unexpectedByte: "unexpected character"
        case .unexpectedEnd: "the text ends too early"
        case .controlCharacter: "a control character that is not escaped"
        case .invalidEscape: "an escape that JSON does not have"
        case .invalidUTF8: "bytes that are not UTF-8"
        case .invalidNumber: "a number that JSON does not allow"
        case .tooDeep: "more than \(JSONScanner.maximumDepth) levels of arrays and objects"
        case .trailingBytes: "something follows the value"
        case .loneSurrogate: "half of a surrogate pair, which is no text"
        }
    }
}
