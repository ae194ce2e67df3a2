import SQLSchema

/// What the statement of a trigger says: when it fires, and what it runs.
struct TriggerFacts {
    /// Whether it comes before the change, and can refuse it.
    let isBefore: Bool
    /// The changes that it is for: INSERT, UPDATE, DELETE, TRUNCATE.
    let changes: Set<String>
    /// What it is on, with the schema if it is told.
    let table: RelationName
    /// The function that it runs, in PostgreSQL.
    let function: RelationName?

    /// Reads `CREATE TRIGGER … BEFORE UPDATE OR DELETE ON … EXECUTE FUNCTION …`, as the database keeps it.
    init?(_ definition: String, dialect: Dialect) {
        var lexer = SQLLexer(Array(definition.utf8), dialect: dialect)
        var tokens: [(word: String?, text: String)] = []
        while tokens.count < 200, let token = try? lexer.next() {
            let text = String(decoding: lexer.bytes[token.range], as: UTF8.self)
            tokens.append((token.kind == .word ? text.uppercased() : nil, text))
        }
        let words = tokens.map(\.word)
        guard let timing = words.firstIndex(where: { ["BEFORE", "AFTER", "INSTEAD"].contains($0) }),
            let on = words[timing...].firstIndex(of: "ON"), let table = Self.name(at: on + 1, in: tokens.map(\.text))
        else { return nil }
        isBefore = words[timing] == "BEFORE"
        let known = Set(["INSERT", "UPDATE", "DELETE", "TRUNCATE"])
        // After UPDATE there may be names of columns.
        changes = Set(
            words[timing..<on].prefix { $0 != "OF" }.compactMap { $0 }.filter(known.contains))
        self.table = table
        let execute = words[on...].firstIndex(of: "EXECUTE")
        function = execute.flatMap { Self.name(at: $0 + 2, in: tokens.map(\.text)) }
    }

    /// Whether it can keep rows from being changed or taken away.
    var isGuard: Bool { isBefore && !changes.isDisjoint(with: ["UPDATE", "DELETE", "TRUNCATE"]) }

    /// Reads `"schema".name`.
    private static func name(at index: Int, in tokens: [String]) -> RelationName? {
        guard index < tokens.count else { return nil }
        let first = unquoted(tokens[index])
        guard index + 2 < tokens.count, tokens[index + 1] == "." else { return RelationName(first) }
        return RelationName(schema: first, unquoted(tokens[index + 2]))
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count > 1, let first = text.first, first == "\"" || first == "`" || first == "[" else { return text }
        return text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
            .joined(separator: "\"")
    }
}

/// A trigger's statement, and when it fires, which the catalog writes as a statement of its own behind it.
struct TriggerState {
    /// The less first.
    enum Firing: Int, Comparable, CustomStringConvertible {
        case never, onReplicas, usually, always

        var description: String {
            switch self {
            case .never: "is disabled"
            case .onReplicas: "fires on replicas only"
            case .usually: "does not fire on replicas any more"
            case .always: "always fires"
            }
        }

        static func < (left: Firing, right: Firing) -> Bool { left.rawValue < right.rawValue }
    }

    let statement: String
    let firing: Firing

    init(_ definition: String) {
        guard let range = definition.firstRange(of: ";\nALTER TABLE ") else {
            statement = definition
            firing = .usually
            return
        }
        statement = String(definition[..<range.lowerBound])
        let change = definition[range.upperBound...]
        firing =
            change.contains(" ENABLE ALWAYS TRIGGER ")
            ? .always : change.contains(" ENABLE REPLICA TRIGGER ") ? .onReplicas : .never
    }
}
