import JSONText

/// Reads an override file and checks every entry against the schema.
struct OverrideReader {
    private(set) var columnTypes: [String: OverrideFile.Entry<ColumnType>] = [:]
    private(set) var swiftNames: [String: OverrideFile.Entry<String>] = [:]
    private(set) var tables: [String: OverrideFile.Entry<String?>] = [:]

    private let source: SourceText
    private var document: DocumentReader
    private let relations: [String: [KnownColumn]]
    private let relationNames: [Dialect: [String]]

    /// A column, with the Swift types that it can hold; nil when any could be meant.
    private struct KnownColumn {
        let column: Column
        let types: [ColumnType]?
    }

    init(_ source: SourceText, snapshot: SchemaSnapshot) {
        self.source = source
        document = DocumentReader(source)
        var relations: [String: [KnownColumn]] = [:]
        var relationNames: [Dialect: [String]] = [:]
        for (dialect, catalog) in snapshot.dialects.mapValues(\.catalog) {
            let tables = catalog.tables.map { ($0.name.description, $0.columns) }
            let views = catalog.views.map { ($0.name.description, $0.columns) }
            for (name, columns) in tables + views {
                relationNames[dialect, default: []].append(name)
                relations[name, default: []] += columns.map {
                    KnownColumn(column: $0, types: Self.types(of: $0, in: dialect, catalog))
                }
            }
        }
        self.relations = relations
        self.relationNames = relationNames
    }

    private static func types(of column: Column, in dialect: Dialect, _ catalog: Catalog) -> [ColumnType]? {
        switch dialect {
        case .postgres: PostgresStorage(type: column.type, in: catalog)?.types ?? []
        case .sqlite: SQLiteStorage(declaredType: column.type)?.types
        }
    }

    mutating func read() throws(InvalidSchemaError) {
        let root = try document.root()
        _ = document.members(of: root, "an override file", allowed: ["columns", "names", "tables"])
        if let node = root["columns"] {
            for member in document.members(of: node, "'columns'") { readType(member) }
        }
        if let node = root["names"] {
            for member in document.members(of: node, "'names'") { readName(member) }
        }
        if let node = root["tables"] {
            for member in document.members(of: node, "'tables'") { readTable(member) }
        }
        try document.finish()
    }

    // MARK: Types

    private mutating func readType(_ member: JSONNode.Member) {
        let word = document.string(member.value)
        guard let known = column(named: member) else { return }
        guard let type = ColumnType(rawValue: word) else {
            if member.value.string != nil {
                let words = Self.list(ColumnType.allCases)
                document.report("'\(word)' is no type; the types are \(words)", at: member.value.offset)
            }
            return
        }
        if let types = known.types, !types.contains(type) {
            let reason =
                types.isEmpty
                ? "which has no Swift type" : "which cannot hold '\(word)'; it can hold \(Self.list(types))"
            document.report("'\(member.key)' is \(known.column.type), \(reason)", at: member.value.offset)
        }
        columnTypes[member.key] = OverrideFile.Entry(value: type, location: source.location(at: member.offset))
    }

    private static func list(_ types: [ColumnType]) -> String {
        types.map(\.rawValue).joined(separator: ", ")
    }

    // MARK: Names

    private mutating func readName(_ member: JSONNode.Member) {
        let name = document.string(member.value)
        if relations[member.key] == nil, column(named: member) == nil { return }
        guard let first = name.unicodeScalars.first, first.properties.isXIDStart, name != "self",
            name.unicodeScalars.allSatisfy(\.properties.isXIDContinue)
        else {
            if member.value.string == nil { return }
            return document.report(
                "'\(name)' is no Swift name: a letter, then letters, digits and _", at: member.value.offset)
        }
        swiftNames[member.key] = OverrideFile.Entry(value: name, location: source.location(at: member.offset))
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
        tables[member.key] = OverrideFile.Entry(value: name, location: source.location(at: member.offset))
    }

    private mutating func checkName(_ name: String, in dialect: Dialect, at offset: Int) -> Bool {
        let names = relationNames[dialect] ?? []
        if names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { return true }
        let list = names.isEmpty ? "it has none" : "those are \(names.sorted().joined(separator: ", "))"
        document.report("'\(name)' is no table of \(dialect.displayName); \(list)", at: offset)
        return false
    }

    private mutating func column(named member: JSONNode.Member) -> KnownColumn? {
        // A name may contain a dot itself, so the key is not split: a table of the schema must be its beginning.
        let tables = relations.keys.filter { member.key.hasPrefix($0 + ".") }
        for table in tables {
            if let column = relations[table]?.first(where: { member.key == "\(table).\($0.column.name)" }) {
                return column
            }
        }
        if let table = tables.max(by: { $0.count < $1.count }) {
            let names = (relations[table] ?? []).map(\.column.name).joined(separator: ", ")
            document.report("'\(member.key)': '\(table)' has the columns \(names)", at: member.offset)
        } else {
            let names = relations.keys.sorted().joined(separator: ", ")
            document.report("'\(member.key)' names no table.column; the tables are \(names)", at: member.offset)
        }
        return nil
    }
}
