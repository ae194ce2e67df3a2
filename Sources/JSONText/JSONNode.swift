/// A JSON value that remembers where it stood, so that what reads it can point at the place.
package struct JSONNode: Sendable {
    package enum Value: Sendable {
        case null
        case bool(Bool)
        /// The digits as they were written, so that none of them is lost.
        case number(String)
        case string(String)
        case array([JSONNode])
        /// The members in their order; a key that occurs twice occurs twice here.
        case object([Member])
    }

    package struct Member: Sendable {
        package let key: String
        /// How many bytes stand before the key.
        package let offset: Int
        package let value: JSONNode
    }

    package let value: Value

    /// How many bytes stand before the value.
    package let offset: Int

    /// Parses a whole text.
    package init(parsing text: [UInt8]) throws(JSONError) {
        let result = text.withUnsafeBufferPointer { buffer -> Result<JSONNode, JSONError> in
            do throws(JSONError) {
                // A first pass checks everything, the depth included, so that the second may recurse.
                var validator = JSONScanner(buffer)
                try validator.skipValue()
                try validator.expectEnd()
                var scanner = JSONScanner(buffer)
                return .success(try JSONNode(from: &scanner))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    private init(from scanner: inout JSONScanner) throws(JSONError) {
        scanner.skipWhitespace()
        offset = scanner.offset
        switch scanner.peeked {
        case UInt8(ascii: "\""): value = .string(try scanner.readString())
        case UInt8(ascii: "{"):
            var members: [Member] = []
            try scanner.enter(UInt8(ascii: "{"))
            while let key = try scanner.nextKey(isFirst: members.isEmpty) {
                let keyOffset = scanner.keyOffset
                members.append(Member(key: key, offset: keyOffset, value: try JSONNode(from: &scanner)))
            }
            value = .object(members)
        case UInt8(ascii: "["):
            var items: [JSONNode] = []
            try scanner.enter(UInt8(ascii: "["))
            while try scanner.nextItem(isFirst: items.isEmpty) {
                items.append(try JSONNode(from: &scanner))
            }
            value = .array(items)
        default:
            let text = scanner.text(of: try scanner.skipValue())
            switch text {
            case "null": value = .null
            case "true", "false": value = .bool(text == "true")
            default: value = .number(text)
            }
        }
    }
}

extension JSONNode {
    package var members: [Member]? {
        if case .object(let members) = value { members } else { nil }
    }

    package var items: [JSONNode]? {
        if case .array(let items) = value { items } else { nil }
    }

    package var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    package var integer: Int? {
        if case .number(let digits) = value { Int(digits) } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let bool) = value { bool } else { nil }
    }

    /// The value of a member, or nil when there is none.
    package subscript(key: String) -> JSONNode? {
        members?.first { $0.key == key }?.value
    }
}
