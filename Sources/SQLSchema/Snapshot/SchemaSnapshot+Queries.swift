extension NamedQuery {
    var json: CanonicalJSON {
        var members: [String: CanonicalJSON?] = [
            "cardinality": .string(cardinality.rawValue),
            "checksum": .string(checksum),
            "documentation": .strings(documentation),
            "file": .string(file),
            "name": .string(name),
        ]
        for (dialect, form) in forms { members[dialect.rawValue] = form.json }
        return .object(leavingOutEmpty: members)
    }
}

extension QueryForm {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "columns": .array(columns.map(\.json)),
            "parameters": .array(parameters.map(\.json)),
            "sql": .lines(sql),
        ])
    }
}

extension QueryParameter {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "declaration": declaration.map(CanonicalJSON.string),
            "name": .string(name),
            "nullable": .bool(isNullable),
            "type": type.isEmpty ? nil : .string(type),
        ])
    }
}

extension QueryColumn {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "choice": choice.map(CanonicalJSON.string),
            "name": .string(name),
            "nullable": .bool(isNullable),
            "origin": origin.map(\.json),
            "type": type.isEmpty ? nil : .string(type),
        ])
    }
}

extension ColumnOrigin {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "column": .string(column),
            "schema": relation.schema.map(CanonicalJSON.string),
            "table": .string(relation.name),
        ])
    }
}
