import JSONText

/// Lists as JSON arrays, as SQLite keeps them: numbers and truth values as they are, everything else as a text.
enum JSONList {
    /// The texts of the elements; nil when the JSON is no array, or has an array or an object in it.
    static func literals(of json: [UInt8]) -> [String?]? {
        guard let items = (try? JSONNode(parsing: json))?.items else { return nil }
        var literals: [String?] = []
        for item in items {
            switch item.value {
            case .null: literals.append(nil)
            case .bool(let bool): literals.append(bool ? "true" : "false")
            case .number(let text): literals.append(text)
            case .string(let text): literals.append(text)
            case .array, .object: return nil
            }
        }
        return literals
    }

    static func json(of literals: [String?], areBare: Bool) -> [UInt8] {
        var bytes = Array("[".utf8)
        for (index, literal) in literals.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch literal {
            case nil: bytes += "null".utf8
            case let literal? where areBare: bytes += literal.utf8
            case let literal?: JSONWriter.append(literal, to: &bytes)
            }
        }
        return bytes + "]".utf8
    }
}
