import JSONText

/// Reads a JSON document of ours and collects everything that is wrong with it, each with its place.
///
/// Wrong values are reported and replaced by empty ones, so that one pass finds all mistakes; ``finish()`` then throws.
struct DocumentReader {
    private let source: SourceText
    private var diagnostics: [SchemaDiagnostic] = []

    init(_ source: SourceText) {
        self.source = source
    }

    mutating func report(_ message: String, at offset: Int) {
        diagnostics.append(SchemaDiagnostic(message, at: source.location(at: offset)))
    }

    /// Throws what was reported, if anything was.
    func finish() throws(InvalidSchemaError) {
        if !diagnostics.isEmpty { throw InvalidSchemaError(diagnostics) }
    }

    /// The document's value.
    func root() throws(InvalidSchemaError) -> JSONNode {
        do throws(JSONError) {
            return try JSONNode(parsing: source.bytes)
        } catch {
            let location = source.location(at: error.offset)
            throw InvalidSchemaError([SchemaDiagnostic("this is not JSON: \(error.reason)", at: location)])
        }
    }

    // MARK: Objects

    /// The members of an object; with a list of those that it may have, any other is reported.
    mutating func members(of node: JSONNode, _ what: String, allowed: [String]? = nil) -> [JSONNode.Member] {
        guard let members = node.members else {
            report("\(what) must be an object, not \(node.kind)", at: node.offset)
            return []
        }
        var seen: Set<String> = []
        for member in members {
            if !seen.insert(member.key).inserted {
                report("'\(member.key)' stands twice in \(what)", at: member.offset)
            }
            if let allowed, !allowed.contains(member.key) {
                let known = allowed.joined(separator: ", ")
                report("\(what) has no member '\(member.key)'; it can have \(known)", at: member.offset)
            }
        }
        return members
    }

    /// A member that must be there, after `members(of:_:allowed:)` has checked the object.
    mutating func required(_ key: String, of node: JSONNode, _ what: String) -> JSONNode? {
        if node.members != nil, node[key] == nil { report("\(what) lacks the member '\(key)'", at: node.offset) }
        return node[key]
    }

    // MARK: Values

    mutating func string(_ node: JSONNode?) -> String {
        guard let node else { return "" }
        if let string = node.string { return string }
        report("this must be a text, not \(node.kind)", at: node.offset)
        return ""
    }

    mutating func bool(_ node: JSONNode?) -> Bool {
        guard let node else { return false }
        if let bool = node.bool { return bool }
        report("this must be true or false, not \(node.kind)", at: node.offset)
        return false
    }

    mutating func items(_ node: JSONNode?) -> [JSONNode] {
        guard let node else { return [] }
        if let items = node.items { return items }
        report("this must be a list, not \(node.kind)", at: node.offset)
        return []
    }

    mutating func strings(_ node: JSONNode?) -> [String] {
        items(node).map { string($0) }
    }

    /// A text that is written as the list of its lines.
    mutating func lines(_ node: JSONNode?) -> String {
        strings(node).joined(separator: "\n")
    }
}

extension JSONNode {
    /// What the value is, for a sentence.
    fileprivate var kind: String {
        switch value {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
