extension SchemaSnapshot {
    /// The snapshot as `schema/schema.json` keeps it; the same snapshot always gives the same bytes.
    ///
    /// Keys are sorted, texts are lists of lines, what is empty or false is left out, and what fits into 100 columns
    /// stands on one line.
    public func encoded() -> [UInt8] {
        var members: [String: CanonicalJSON] = ["format": .integer(Self.format)]
        for (dialect, part) in dialects { members[dialect.rawValue] = part.json }
        if !queries.isEmpty { members["queries"] = .array(queries.map(\.json)) }
        return CanonicalJSON.object(members).encoded()
    }
}

extension DialectSnapshot {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "details": .array(catalog.details.map(\.json)),
            "domains": .array(catalog.domains.map(\.json)),
            "enums": .array(catalog.enums.map(\.json)),
            "functions": .array(catalog.functions.map(\.json)),
            "migrations": .array(migrations.map(\.json)),
            "tables": .array(catalog.tables.map(\.json)),
            "views": .array(catalog.views.map(\.json)),
        ])
    }
}

extension EmbeddedMigration {
    fileprivate var json: CanonicalJSON {
        .object(["checksum": .string(checksum), "name": .string(name), "text": .lines(text)])
    }
}

extension Table {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "columns": .array(columns.map(\.json)),
            "definition": .lines(definition),
            "foreignKeys": .array(foreignKeys.map(\.json)),
            "indexes": .array(indexes.map(\.json)),
            "name": .string(name.name),
            "primaryKey": .strings(primaryKey),
            "schema": name.schema.map(CanonicalJSON.string),
            "triggers": .array(triggers.map(\.json)),
            "uniqueKeys": .array(uniqueKeys.map(CanonicalJSON.strings)),
        ])
    }
}

extension View {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "columns": .array(columns.map(\.json)),
            "definition": .lines(definition),
            "name": .string(name.name),
            "schema": name.schema.map(CanonicalJSON.string),
        ])
    }
}

extension Column {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "default": defaultExpression.map(CanonicalJSON.string),
            "generated": .bool(isGenerated),
            "identity": identity.map { .string($0.rawValue) },
            "name": .string(name),
            "nullable": .bool(isNullable),
            "type": .string(type),
        ])
    }
}

extension Enumeration {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "labels": .strings(labels),
            "name": .string(name.name),
            "schema": name.schema.map(CanonicalJSON.string),
        ])
    }
}

extension Domain {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "checks": .array(checks.map(\.json)),
            "default": defaultExpression.map(CanonicalJSON.string),
            "name": .string(name.name),
            "nullable": .bool(isNullable),
            "schema": name.schema.map(CanonicalJSON.string),
            "type": .string(type),
        ])
    }
}

extension Function {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "arguments": .string(arguments),
            "definition": .lines(definition),
            "name": .string(name.name),
            "schema": name.schema.map(CanonicalJSON.string),
        ])
    }
}

extension CatalogDetail {
    fileprivate var json: CanonicalJSON {
        .object(["definition": .lines(definition), "kind": .string(kind.rawValue), "name": .string(name)])
    }
}

extension ForeignKey {
    fileprivate var json: CanonicalJSON {
        .object(leavingOutEmpty: [
            "columns": .strings(columns),
            "onDelete": onDelete == Self.noAction ? nil : .string(onDelete),
            "onUpdate": onUpdate == Self.noAction ? nil : .string(onUpdate),
            "referencedColumns": .strings(referencedColumns),
            "references": .object(leavingOutEmpty: [
                "name": .string(references.name),
                "schema": references.schema.map(CanonicalJSON.string),
            ]),
        ])
    }

    /// What a foreign key does unless it says otherwise; left out of the file.
    static let noAction = "NO ACTION"
}

extension NamedDefinition {
    fileprivate var json: CanonicalJSON {
        .object(["definition": .lines(definition), "name": .string(name)])
    }
}

extension CanonicalJSON {
    /// An object without the members that are nil, false or an empty list.
    static func object(leavingOutEmpty members: [String: CanonicalJSON?]) -> CanonicalJSON {
        .object(
            members.compactMapValues { value in
                switch value {
                case .bool(false), nil: nil
                case .array(let items) where items.isEmpty: nil
                default: value
                }
            })
    }
}
