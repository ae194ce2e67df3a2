import JSONText

/// The named queries of a snapshot.
extension SnapshotReader {
    mutating func queries(_ node: JSONNode?) -> [NamedQuery] {
        document.items(node).map { node in
            let what = "a query"
            let dialects = Dialect.allCases.map(\.rawValue)
            _ = document.members(
                of: node, what, allowed: ["cardinality", "checksum", "documentation", "file", "name"] + dialects)
            let nameNode = document.required("name", of: node, what)
            var query = NamedQuery(
                name: document.string(nameNode), file: document.string(document.required("file", of: node, what)),
                cardinality: cardinality(document.required("cardinality", of: node, what)),
                documentation: document.strings(node["documentation"]),
                checksum: document.string(document.required("checksum", of: node, what)))
            for dialect in Dialect.allCases {
                if let form = node[dialect.rawValue] { query.forms[dialect] = self.form(form) }
            }
            let offset = nameNode?.offset ?? node.offset
            let place = SnapshotFile.QueryPlace(file: query.file, name: query.name)
            if queryOffsets.updateValue(offset, forKey: place) != nil {
                document.report("two queries of '\(query.file)' are called '\(query.name)'", at: offset)
            }
            return query
        }
    }

    private mutating func cardinality(_ node: JSONNode?) -> QueryCardinality {
        let word = document.string(node)
        if let cardinality = QueryCardinality(rawValue: word) { return cardinality }
        let known = QueryCardinality.allCases.map(\.rawValue).joined(separator: ", ")
        if let node, node.string != nil { document.report("a cardinality is one of \(known)", at: node.offset) }
        return .many
    }

    private mutating func form(_ node: JSONNode) -> QueryForm {
        let what = "the form of a query"
        _ = document.members(of: node, what, allowed: ["columns", "parameters", "sql"])
        return QueryForm(
            sql: document.lines(document.required("sql", of: node, what)),
            parameters: document.items(node["parameters"]).map { parameter($0) },
            columns: document.items(node["columns"]).map { column($0) })
    }

    private mutating func parameter(_ node: JSONNode) -> QueryParameter {
        let what = "a parameter"
        _ = document.members(of: node, what, allowed: ["declaration", "name", "nullable", "type"])
        return QueryParameter(
            name: document.string(document.required("name", of: node, what)), type: document.string(node["type"]),
            isNullable: document.bool(node["nullable"]),
            declaration: node["declaration"].map { document.string($0) })
    }

    private mutating func column(_ node: JSONNode) -> QueryColumn {
        let what = "a column of a query"
        _ = document.members(of: node, what, allowed: ["choice", "name", "nullable", "origin", "type"])
        return QueryColumn(
            name: document.string(document.required("name", of: node, what)), type: document.string(node["type"]),
            isNullable: document.bool(node["nullable"]), origin: node["origin"].map { origin($0) },
            choice: node["choice"].map { document.string($0) })
    }

    private mutating func origin(_ node: JSONNode) -> ColumnOrigin {
        let what = "the origin of a column"
        _ = document.members(of: node, what, allowed: ["column", "schema", "table"])
        let relation = RelationName(
            schema: node["schema"].map { document.string($0) },
            document.string(document.required("table", of: node, what)))
        return ColumnOrigin(
            relation: relation, column: document.string(document.required("column", of: node, what)))
    }
}
