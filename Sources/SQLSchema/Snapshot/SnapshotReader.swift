import JSONText

/// Reads the canonical JSON of a snapshot back and notes where each table and column stands.
struct SnapshotReader {
    var document: DocumentReader
    private(set) var offsets: [SnapshotFile.Place: Int] = [:]
    /// Where the name of each query stands.
    var queryOffsets: [SnapshotFile.QueryPlace: Int] = [:]

    init(_ source: SourceText) {
        document = DocumentReader(source)
    }

    mutating func read() throws(InvalidSchemaError) -> SchemaSnapshot {
        let root = try document.root()
        checkFormat(of: root)
        try document.finish()  // another format may look different everywhere

        let names = Dialect.allCases.map(\.rawValue)
        _ = document.members(of: root, "a snapshot", allowed: ["format", "queries"] + names)
        var snapshot = SchemaSnapshot(queries: queries(root["queries"]))
        for dialect in Dialect.allCases {
            if let node = root[dialect.rawValue] {
                snapshot.dialects[dialect] = self.dialect(node, dialect)
            }
        }
        try document.finish()
        return snapshot
    }

    private mutating func checkFormat(of root: JSONNode) {
        guard root.members != nil else {
            _ = document.members(of: root, "a snapshot")
            return
        }
        guard let node = document.required("format", of: root, "a snapshot") else { return }
        guard let format = node.integer, format > 0 else {
            return document.report("the format must be a whole number from 1 on", at: node.offset)
        }
        if format > SchemaSnapshot.format {
            document.report(
                "format \(format) was written by a newer version: update swift-event-store", at: node.offset)
        }
    }

    private mutating func dialect(_ node: JSONNode, _ dialect: Dialect) -> DialectSnapshot {
        _ = document.members(
            of: node, "'\(dialect.rawValue)'",
            allowed: ["details", "domains", "enums", "functions", "migrations", "tables", "views"])
        return DialectSnapshot(
            catalog: Catalog(
                tables: document.items(node["tables"]).map { table($0, dialect) },
                views: document.items(node["views"]).map { view($0, dialect) },
                enums: document.items(node["enums"]).map { enumeration($0) },
                domains: document.items(node["domains"]).map { domain($0) },
                functions: document.items(node["functions"]).map { function($0) },
                details: document.items(node["details"]).compactMap { detail($0) }),
            migrations: migrations(node["migrations"]))
    }

    private mutating func migrations(_ node: JSONNode?) -> [EmbeddedMigration] {
        var names: Set<String> = []
        return document.items(node).map { node in
            let what = "a migration"
            _ = document.members(of: node, what, allowed: ["checksum", "name", "text"])
            let nameNode = document.required("name", of: node, what)
            let name = document.string(nameNode)
            if let nameNode, !names.insert(name).inserted {
                document.report("two migrations are called '\(name)'", at: nameNode.offset)
            }
            return EmbeddedMigration(
                name: name, checksum: document.string(document.required("checksum", of: node, what)),
                text: document.lines(document.required("text", of: node, what)))
        }
    }

    // MARK: Tables and views

    private mutating func table(_ node: JSONNode, _ dialect: Dialect) -> Table {
        let what = "a table"
        _ = document.members(
            of: node, what,
            allowed: [
                "columns", "definition", "foreignKeys", "indexes", "name", "primaryKey", "schema", "triggers",
                "uniqueKeys",
            ])
        let name = relation(node, what, dialect)
        return Table(
            name: name, columns: columns(node["columns"], of: name, dialect),
            primaryKey: document.strings(node["primaryKey"]),
            uniqueKeys: document.items(node["uniqueKeys"]).map { document.strings($0) },
            foreignKeys: document.items(node["foreignKeys"]).map { foreignKey($0) },
            indexes: namedDefinitions(node["indexes"], "an index"),
            triggers: namedDefinitions(node["triggers"], "a trigger"),
            definition: document.lines(document.required("definition", of: node, what)))
    }

    private mutating func view(_ node: JSONNode, _ dialect: Dialect) -> View {
        let what = "a view"
        _ = document.members(of: node, what, allowed: ["columns", "definition", "name", "schema"])
        let name = relation(node, what, dialect)
        return View(
            name: name, columns: columns(node["columns"], of: name, dialect),
            definition: document.lines(document.required("definition", of: node, what)))
    }

    /// The name of a table or a view, of which there is one in a dialect.
    private mutating func relation(_ node: JSONNode, _ what: String, _ dialect: Dialect) -> RelationName {
        let nameNode = document.required("name", of: node, what)
        let name = RelationName(schema: node["schema"].map { document.string($0) }, document.string(nameNode))
        let place = SnapshotFile.Place(dialect: dialect, relation: name, column: nil)
        if let nameNode, offsets.updateValue(nameNode.offset, forKey: place) != nil {
            document.report("two tables or views are called '\(name)'", at: nameNode.offset)
        }
        return name
    }

    private mutating func columns(_ node: JSONNode?, of relation: RelationName, _ dialect: Dialect) -> [Column] {
        document.items(node).map { node in
            let what = "a column"
            _ = document.members(
                of: node, what, allowed: ["default", "generated", "identity", "name", "nullable", "type"])
            let nameNode = document.required("name", of: node, what)
            let name = document.string(nameNode)
            let place = SnapshotFile.Place(dialect: dialect, relation: relation, column: name)
            if let nameNode, offsets.updateValue(nameNode.offset, forKey: place) != nil {
                document.report("two columns of '\(relation)' are called '\(name)'", at: nameNode.offset)
            }
            return Column(
                name: name, type: document.string(document.required("type", of: node, what)),
                isNullable: document.bool(node["nullable"]),
                defaultExpression: node["default"].map { document.string($0) },
                isGenerated: document.bool(node["generated"]), identity: node["identity"].flatMap { identity($0) })
        }
    }

    private mutating func identity(_ node: JSONNode) -> Column.Identity? {
        let text = document.string(node)
        if let identity = Column.Identity(rawValue: text) { return identity }
        let known = Column.Identity.allCases.map { "'\($0.rawValue)'" }.joined(separator: " or ")
        document.report("an identity is \(known)", at: node.offset)
        return nil
    }

    private mutating func foreignKey(_ node: JSONNode) -> ForeignKey {
        let what = "a foreign key"
        _ = document.members(
            of: node, what, allowed: ["columns", "onDelete", "onUpdate", "referencedColumns", "references"])
        var references = RelationName("")
        if let node = document.required("references", of: node, what) {
            let what = "what a foreign key references"
            _ = document.members(of: node, what, allowed: ["name", "schema"])
            references.name = document.string(document.required("name", of: node, what))
            references.schema = node["schema"].map { document.string($0) }
        }
        return ForeignKey(
            columns: document.strings(node["columns"]), references: references,
            referencedColumns: document.strings(node["referencedColumns"]),
            onDelete: node["onDelete"].map { document.string($0) } ?? ForeignKey.noAction,
            onUpdate: node["onUpdate"].map { document.string($0) } ?? ForeignKey.noAction)
    }

    private mutating func namedDefinitions(_ node: JSONNode?, _ what: String) -> [NamedDefinition] {
        document.items(node).map { node in
            _ = document.members(of: node, what, allowed: ["definition", "name"])
            return NamedDefinition(
                name: document.string(document.required("name", of: node, what)),
                definition: document.lines(document.required("definition", of: node, what)))
        }
    }

    // MARK: Types and functions

    private mutating func enumeration(_ node: JSONNode) -> Enumeration {
        let what = "an enum"
        _ = document.members(of: node, what, allowed: ["labels", "name", "schema"])
        return Enumeration(name: name(of: node, what), labels: document.strings(node["labels"]))
    }

    private mutating func domain(_ node: JSONNode) -> Domain {
        let what = "a domain"
        _ = document.members(
            of: node, what, allowed: ["checks", "default", "name", "nullable", "schema", "type"])
        return Domain(
            name: name(of: node, what), type: document.string(document.required("type", of: node, what)),
            isNullable: document.bool(node["nullable"]),
            defaultExpression: node["default"].map { document.string($0) },
            checks: namedDefinitions(node["checks"], "a check"))
    }

    private mutating func function(_ node: JSONNode) -> Function {
        let what = "a function"
        _ = document.members(of: node, what, allowed: ["arguments", "definition", "name", "schema"])
        return Function(
            name: name(of: node, what), arguments: document.string(document.required("arguments", of: node, what)),
            definition: document.lines(document.required("definition", of: node, what)))
    }

    private mutating func detail(_ node: JSONNode) -> CatalogDetail? {
        let what = "a detail"
        _ = document.members(of: node, what, allowed: ["definition", "kind", "name"])
        let name = document.string(document.required("name", of: node, what))
        let definition = document.lines(document.required("definition", of: node, what))
        guard let kindNode = document.required("kind", of: node, what) else { return nil }
        let text = document.string(kindNode)
        if let kind = CatalogDetail.Kind(rawValue: text) {
            return CatalogDetail(kind, name: name, definition: definition)
        }
        let known = CatalogDetail.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        document.report("the kind of a detail is one of \(known)", at: kindNode.offset)
        return nil
    }

    private mutating func name(of node: JSONNode, _ what: String) -> RelationName {
        RelationName(
            schema: node["schema"].map { document.string($0) },
            document.string(document.required("name", of: node, what)))
    }
}
