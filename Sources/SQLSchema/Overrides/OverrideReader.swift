import JSONText

/// Reads an override file and checks every entry against the schema.
struct OverrideReader {
    var file = OverrideFile()
    let source: SourceText
    var document: DocumentReader
    let relations: KnownRelations

    init(_ source: SourceText, snapshot: SchemaSnapshot) {
        self.source = source
        document = DocumentReader(source)
        relations = KnownRelations(snapshot)
    }

    mutating func read() throws(InvalidSchemaError) -> OverrideFile {
        let root = try document.root()
        _ = document.members(
            of: root, "an override file",
            allowed: ["access", "columns", "exclude", "include", "names", "tables", "types"])
        if let node = root["access"] { readAccess(node, at: node.offset) }
        if let node = root["include"] { file.included = document.items(node).compactMap { pattern($0) } }
        if let node = root["exclude"] { file.excluded = document.items(node).compactMap { pattern($0) } }
        for member in members("columns", of: root) { readColumnType(member) }
        for member in members("types", of: root) { readDatabaseType(member) }
        for member in members("names", of: root) { readName(member) }
        for member in members("tables", of: root) { readTable(member) }
        try document.finish()
        return file
    }

    private mutating func members(_ key: String, of root: JSONNode) -> [JSONNode.Member] {
        root[key].map { document.members(of: $0, "'\(key)'") } ?? []
    }

    func entry<Value>(_ value: Value, at offset: Int) -> OverrideFile.Entry<Value> {
        OverrideFile.Entry(value: value, location: source.location(at: offset))
    }

    // MARK: What is generated, and for whom

    private mutating func readAccess(_ node: JSONNode, at offset: Int) {
        let word = document.string(node)
        if let access = AccessLevel(rawValue: word) {
            file.access = entry(access, at: offset)
        } else if node.string != nil {
            let words = AccessLevel.allCases.map(\.rawValue).joined(separator: ", ")
            document.report("'\(word)' is no access level; those are \(words)", at: offset)
        }
    }

    private mutating func pattern(_ node: JSONNode) -> OverrideFile.Entry<TablePattern>? {
        let pattern = TablePattern(document.string(node))
        guard node.string != nil else { return nil }
        if !relations.allNames.contains(where: pattern.matches) {
            document.report(
                "'\(pattern)' is no table or view; those are \(relations.list(relations.allNames))", at: node.offset)
        }
        return entry(pattern, at: node.offset)
    }

    // MARK: Names

    private mutating func readName(_ member: JSONNode.Member) {
        let name = document.string(member.value)
        if !relations.hasNamed(member.key), column(named: member) == nil { return }
        guard let first = name.unicodeScalars.first, first.properties.isXIDStart, name != "self",
            name.unicodeScalars.allSatisfy(\.properties.isXIDContinue)
        else {
            if member.value.string == nil { return }
            return document.report(
                "'\(name)' is no Swift name: a letter, then letters, digits and _", at: member.value.offset)
        }
        file.swiftNames[member.key] = entry(name, at: member.offset)
    }

    // MARK: Tables and columns

    private mutating func readTable(_ member: JSONNode.Member) {
        guard checkName(member.key, in: .postgres, at: member.offset) else { return }
        var name: String?
        if case .null = member.value.value {
            name = nil
        } else {
            name = document.string(member.value)
            guard member.value.string != nil, checkName(name ?? "", in: .sqlite, at: member.value.offset)
            else { return }
        }
        file.tables[member.key] = entry(name, at: member.offset)
    }

    private mutating func checkName(_ name: String, in dialect: Dialect, at offset: Int) -> Bool {
        let names = relations.names[dialect] ?? []
        if names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { return true }
        let list = names.isEmpty ? "it has none" : "those are \(names.sorted().joined(separator: ", "))"
        document.report("'\(name)' is no table of \(dialect.displayName); \(list)", at: offset)
        return false
    }

    /// The column that a key names; what names none is reported.
    mutating func column(named member: JSONNode.Member) -> KnownRelations.KnownColumn? {
        switch relations.column(named: member.key) {
        case .found(let column): return column
        case .unknownColumn(let table, let names):
            document.report("'\(member.key)': '\(table)' has the columns \(names)", at: member.offset)
        case .unknownTable:
            document.report(
                "'\(member.key)' names no table.column; the tables are \(relations.list(relations.allNames))",
                at: member.offset)
        }
        return nil
    }
}
