import JSONText

/// Reads an override file and checks every entry against the schema.
struct OverrideReader {
    private(set) var columnTypes: [String: OverrideFile.Entry<ColumnType>] = [:]
    private(set) var swiftNames: [String: OverrideFile.Entry<String>] = [:]

    private let source: SourceText
    private var document: DocumentReader
    private let relations: [String: [Column]]

    init(_ source: SourceText, snapshot: SchemaSnapshot) {
        self.source = source
        document = DocumentReader(source)
        let catalogs = snapshot.dialects.values.map(\.catalog)
        let tables = catalogs.flatMap { $0.tables.map { ($0.name.description, $0.columns) } }
        let views = catalogs.flatMap { $0.views.map { ($0.name.description, $0.columns) } }
        relations = Dictionary(tables + views) { $0 + $1 }
    }

    mutating func read() throws(InvalidSchemaError) {
        let root = try document.root()
        _ = document.members(of: root, "an override file", allowed: ["columns", "names"])
        if let node = root["columns"] {
            for member in document.members(of: node, "'columns'") { readType(member) }
        }
        if let node = root["names"] {
            for member in document.members(of: node, "'names'") { readName(member) }
        }
        try document.finish()
    }

    // MARK: Types

    private mutating func readType(_ member: JSONNode.Member) {
        let word = document.string(member.value)
        guard let column = column(named: member) else { return }
        guard let type = ColumnType(rawValue: word) else {
            if member.value.string != nil {
                let words = Self.list(ColumnType.allCases)
                document.report("'\(word)' is no type; the types are \(words)", at: member.value.offset)
            }
            return
        }
        if let storage = SQLiteStorage(declaredType: column.type), !storage.types.contains(type) {
            document.report(
                "'\(member.key)' is \(column.type), which cannot hold '\(word)'; it can hold \(Self.list(storage.types))",
                at: member.value.offset)
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

    private mutating func column(named member: JSONNode.Member) -> Column? {
        // A name may contain a dot itself, so the key is not split: a table of the schema must be its beginning.
        let tables = relations.keys.filter { member.key.hasPrefix($0 + ".") }
        for table in tables {
            if let column = relations[table]?.first(where: { member.key == "\(table).\($0.name)" }) { return column }
        }
        if let table = tables.max(by: { $0.count < $1.count }) {
            let names = (relations[table] ?? []).map(\.name).joined(separator: ", ")
            document.report("'\(member.key)': '\(table)' has the columns \(names)", at: member.offset)
        } else {
            let names = relations.keys.sorted().joined(separator: ", ")
            document.report("'\(member.key)' names no table.column; the tables are \(names)", at: member.offset)
        }
        return nil
    }
}
