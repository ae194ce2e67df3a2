import JSONText

extension [String: ExtensionValue] {
    /// Reads extensions from a JSON object, as stores keep them.
    ///
    /// - Throws: ``InvalidEventError`` when a value is neither text, a 32-bit number, true nor false.
    public init(json: JSON) throws {
        self.init()
        let node: JSONNode
        do {
            node = try JSONNode(parsing: json.bytes)
        } catch {
            throw InvalidJSONError(offset: error.offset, reason: error.reason)
        }
        guard let members = node.members else {
            throw InvalidEventError(.invalidValue, attribute: "extensions", message: "must be a JSON object")
        }
        for member in members {
            guard let value = ExtensionValue(member.value) else {
                throw InvalidEventError(
                    .invalidValue, attribute: member.key,
                    message: "an extension is text, a whole number of 32 bits, true or false")
            }
            self[member.key] = value
        }
    }

    /// The extensions as a JSON object with sorted keys.
    public var json: JSON {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in sorted(by: { $0.key < $1.key }) {
                writer.key(name)
                value.write(to: &writer)
            }
        }
        return JSON(uncheckedBytes: writer.bytes)
    }
}

extension ExtensionValue {
    /// Nil for a value that no extension can have.
    init?(_ node: JSONNode) {
        switch node.value {
        case .string(let text): self = .string(text)
        case .bool(let bool): self = .boolean(bool)
        case .number(let digits):
            guard let number = Int32(digits) else { return nil }
            self = .integer(number)
        default: return nil
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .string(let text): writer.string(text)
        case .integer(let number): writer.integer(number)
        case .boolean(let bool): writer.bool(bool)
        }
    }
}
