import SQLSchema

/// What becomes of the types of columns.
extension TableResolver {
    // MARK: Choosing

    /// The Swift type of a column: the one that an override file chooses, or else the one that its type suggests.
    mutating func type(of candidate: Candidate, _ relation: Relation) -> SwiftType? {
        guard let decider = relation.dialects.first, let part = relation.parts[decider],
            let column = candidate.columns[decider]
        else { return nil }
        let fit = ColumnFit(column, in: decider, catalog(decider))
        let entries = relation.overrideNames.map { "\($0).\(candidate.name)" }
            .compactMap { key in overrides.columnTypes[key].map { (key: key, entry: $0) } }
        let chosen = entries.lazy.compactMap { fit.type($0.entry.value) }.first ?? chosenByType(column, fit) ?? fit.type
        guard let chosen else {
            reportNoType(column, of: part.name, in: decider)
            return nil
        }
        for (key, entry) in entries where fit.type(entry.value) != chosen {
            diagnostics.append(
                SchemaDiagnostic(
                    "'\(key)' cannot be '\(entry.value.words)': it is \(column.type) in \(decider.displayName), which "
                        + "makes it '\(chosen.words)'; remove this entry", at: entry.location))
        }
        checkStorage(of: candidate, relation, as: chosen)
        return chosen
    }

    func chosenByType(_ column: Column, _ fit: ColumnFit) -> SwiftType? {
        let entry = overrides.databaseTypes[column.type] ?? overrides.databaseTypes.first { column.isOf($0.key) }?.value
        return entry.flatMap { fit.type($0.value) }
    }

    private mutating func reportNoType(_ column: Column, of name: RelationName, in dialect: Dialect) {
        let key = "\(name).\(column.name)"
        let message =
            switch dialect {
            case .postgres:
                "'\(key)' is \(column.type), which has no Swift type; to read and write it as its text, "
                    + "add \"columns\": {\"\(key)\": \"string\"} to schema/overrides.json"
            case .sqlite:
                "'\(key)' has \(column.type.isEmpty ? "no type" : "the type \(column.type)"), which says nothing about "
                    + "its Swift type; declare it as INTEGER, REAL, TEXT or BLOB, or "
                    + "add \"columns\": {\"\(key)\": \"…\"} to schema/overrides.json"
            }
        report(message, name, column: column.name, in: dialect)
    }

    /// SQLite's column must be able to hold what PostgreSQL's does.
    private mutating func checkStorage(of candidate: Candidate, _ relation: Relation, as type: SwiftType) {
        guard let postgres = candidate.columns[.postgres], let part = relation.parts[.sqlite],
            let column = candidate.columns[.sqlite], let storage = SQLiteStorage(declaredType: column.type),
            !storage.canHold(type)
        else { return }
        let needed = SQLiteStorage.allCases.first { $0.canHold(type) } ?? storage
        report(
            "'\(part.name).\(column.name)' is \(column.type), but \(postgres.type) in PostgreSQL"
                + "\(place(of: column.name, relation, in: .postgres)), which is '\(type.words)' and needs "
                + "\(needed.rawValue) in SQLite", part.name, column: column.name, in: .sqlite)
    }

    // MARK: Types that are generated

    /// The Swift name of a type.
    mutating func swiftName(of type: SwiftType) -> String? {
        switch type {
        case .scalar(let type): type.swiftName
        case .codable(let name, _), .custom(let name, _): name
        case .own(let name, let rawType): ownType(name, of: rawType)?.typeName
        case .list(let element, let hasNulls): swiftName(of: element).map { "[\($0)\(hasNulls ? "?" : "")]" }
        case .range(let bound): "BoundedRange<\(bound.swiftName)>"
        }
    }

    /// The type that is generated for an enum or a domain; each is made once.
    private mutating func ownType(_ name: RelationName, of rawType: ColumnType) -> ResolvedType? {
        if let known = types[name] { return known }
        let catalog = catalog(.postgres)
        guard let typeName = overrides.swiftNames[name.description]?.value ?? SwiftName.type(name.name) else {
            reportNoTypeName(name)
            types.updateValue(nil, forKey: name)
            return nil
        }
        let enumeration = catalog.enums.first { $0.name == name }
        let type = ResolvedType(
            name: name, typeName: typeName, rawType: rawType,
            domainType: enumeration == nil ? catalog.domains.first { $0.name == name }?.type ?? "" : nil,
            labels: enumeration.map { labels(of: $0) } ?? [])
        types[name] = type
        return type
    }

    private mutating func labels(of enumeration: Enumeration) -> [ResolvedType.Label] {
        var labels: [ResolvedType.Label] = []
        for text in enumeration.labels {
            let key = "\(enumeration.name).\(text)"
            guard let name = overrides.swiftNames[key]?.value ?? SwiftName.constant(text) else { continue }
            if let other = labels.first(where: { $0.name == name })?.text ?? (name == ResolvedType.listName ? "" : nil)
            {
                let reason =
                    other.isEmpty
                    ? "is the name of the list of all labels" : "is what '\(enumeration.name).\(other)' is called, too"
                diagnostics.append(
                    SchemaDiagnostic(
                        "'\(key)' cannot be '\(name)' in Swift, which \(reason); "
                            + "add \"names\": {\"\(key)\": \"…\"} to schema/overrides.json", at: file.start))
            } else {
                labels.append(ResolvedType.Label(text: text, name: name))
            }
        }
        return labels
    }

    private mutating func reportNoTypeName(_ name: RelationName) {
        diagnostics.append(
            SchemaDiagnostic(
                "the type '\(name)' makes no Swift name, which begins with a letter; "
                    + "add \"names\": {\"\(name)\": \"…\"} to schema/overrides.json", at: file.start))
    }
}
