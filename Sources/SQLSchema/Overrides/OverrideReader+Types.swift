import JSONText

/// What an override file says about types.
extension OverrideReader {
    mutating func readColumnType(_ member: JSONNode.Member) {
        guard let known = column(named: member) else {
            // A type that is wrong is told as well as a column that is.
            _ = choice(member.value)
            return
        }
        guard let choice = choice(member.value) else { return }
        for fit in known.fits where fit.type(choice) == nil {
            report(choice, notFor: member.key, known.column.type, fit, at: member.value.offset)
        }
        file.columnTypes[member.key] = entry(choice, at: member.offset)
    }

    mutating func readDatabaseType(_ member: JSONNode.Member) {
        let columns = relations.columns(ofType: member.key)
        if columns.isEmpty {
            document.report(
                "'\(member.key)' is the type of no column; the types are \(relations.list(relations.types))",
                at: member.offset)
        }
        guard let choice = choice(member.value) else { return }
        for (place, column) in columns {
            for fit in column.fits where fit.type(choice) == nil {
                return report(choice, notFor: place, column.column.type, fit, at: member.value.offset)
            }
        }
        file.databaseTypes[member.key] = entry(choice, at: member.offset)
    }

    private mutating func report(
        _ choice: TypeChoice, notFor column: String, _ type: String, _ fit: ColumnFit, at offset: Int
    ) {
        let reason =
            fit.words.isEmpty
            ? "which has no Swift type"
            : "which cannot hold '\(choice.words)'; it can hold \(fit.words.joined(separator: ", "))"
        document.report("'\(column)' is \(type), \(reason)", at: offset)
    }

    /// A word, or an object that names a type of the team's own.
    private mutating func choice(_ node: JSONNode) -> TypeChoice? {
        if node.members != nil { return ownType(node) }
        let word = document.string(node)
        guard node.string != nil else { return nil }
        if let choice = TypeChoice(word: word) { return choice }
        let words = ColumnType.allCases.map(\.rawValue).joined(separator: ", ")
        document.report(
            "'\(word)' is no type; the types are \(words), own, lists of them such as string[], {\"codable\": \"…\"} and {\"type\": \"…\"}",
            at: node.offset)
        return nil
    }

    private mutating func ownType(_ node: JSONNode) -> TypeChoice? {
        _ = document.members(of: node, "a type", allowed: ["codable", "import", "type"])
        let module = node["import"].flatMap { swiftName($0) }
        switch (node["codable"], node["type"]) {
        case (let codable?, nil): return swiftName(codable).map { .codable($0, module: module) }
        case (nil, let type?): return swiftName(type).map { .custom($0, module: module) }
        default:
            document.report("a type has either the member 'codable' or 'type'", at: node.offset)
            return nil
        }
    }

    /// The name of a type or of a module, perhaps with those that it is within: `Shop.Money`.
    private mutating func swiftName(_ node: JSONNode) -> String? {
        let name = document.string(node)
        guard node.string != nil else { return nil }
        let isName = name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            part.unicodeScalars.first?.properties.isXIDStart == true
                && part.unicodeScalars.allSatisfy(\.properties.isXIDContinue)
        }
        if isName { return name }
        document.report("'\(name)' is no Swift name: a letter, then letters, digits and _", at: node.offset)
        return nil
    }
}
