import SQLSchema

/// What becomes of the named queries.
extension TableResolver {
    /// Decides about the queries of the target; what has no Swift is reported.
    mutating func resolveQueries(on relations: [Relation]) -> [ResolvedQuery] {
        var names: [String: NamedQuery] = [:]
        var resolved: [ResolvedQuery] = []
        for (query, files) in queriesOfTarget {
            guard let typeName = SwiftName.type(query.name), let functionName = SwiftName.property(query.name) else {
                report("the name makes no Swift name, which begins with a letter", query)
                continue
            }
            if let other = names.updateValue(query, forKey: typeName) {
                report(
                    "'\(other.name)' of \(other.file) is called '\(typeName)' in Swift, too; rename one of them", query)
                continue
            }
            let before = diagnostics.count
            let parameters = resolveParameters(of: query, on: relations)
            let columns = query.cardinality == .exec ? [] : resolveColumns(of: query, on: relations)
            guard diagnostics.count == before else { continue }
            resolved.append(
                ResolvedQuery(
                    query: query, files: files, typeName: "\(typeName)Query", functionName: functionName,
                    parameters: parameters,
                    columns: columns))
        }
        return resolved
    }

    /// The queries of the target with the files that they stand in; those of one name that were written for different
    /// databases are one.
    private var queriesOfTarget: [(query: NamedQuery, files: [String])] {
        var queries: [(query: NamedQuery, files: [String])] = []
        for query in file.snapshot.queries where target.map({ query.file.hasPrefix("\($0)/queries/") }) ?? true {
            let counterpart = queries.firstIndex { other, _ in
                other.name == query.name && other.cardinality == query.cardinality
                    && other.folder == query.folder && Set(other.forms.keys).isDisjoint(with: query.forms.keys)
            }
            if let counterpart {
                queries[counterpart].query.forms.merge(query.forms) { first, _ in first }
                queries[counterpart].files.append(query.file)
            } else {
                queries.append((query, [query.file]))
            }
        }
        return queries
    }

    private mutating func report(_ message: String, _ query: NamedQuery) {
        diagnostics.append(
            SchemaDiagnostic("query '\(query.name)' of \(query.file): \(message)", at: file.location(of: query)))
    }

    /// The form that decides: that of PostgreSQL where there is one.
    private func decider(of query: NamedQuery) -> (dialect: Dialect, form: QueryForm)? {
        query.forms.min { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    // MARK: Parameters

    private mutating func resolveParameters(of query: NamedQuery, on relations: [Relation]) -> [ResolvedColumn] {
        guard let (dialect, form) = decider(of: query) else { return [] }
        for (other, otherForm) in query.forms where otherForm.parameters.map(\.name) != form.parameters.map(\.name) {
            report("\(other.displayName) and \(dialect.displayName) find different parameters in it", query)
            return []
        }
        let resolved = form.parameters.compactMap { parameter -> ResolvedColumn? in
            let column = Column(name: parameter.name, type: parameter.type, isNullable: parameter.isNullable)
            guard let type = type(of: parameter, column, in: dialect, on: relations) else {
                report(
                    "the parameter ':\(parameter.name)' has no type that Swift knows; declare it in the query: "
                        + "-- parameter \(parameter.name): string", query)
                return nil
            }
            return resolve(column, of: query, as: type)
        }
        reportCollisions(of: resolved, in: query)
        return resolved
    }

    private mutating func type(
        of parameter: QueryParameter, _ column: Column, in dialect: Dialect, on relations: [Relation]
    ) -> SwiftType? {
        let fit = ColumnFit(column, in: dialect, catalog(dialect))
        guard let declaration = parameter.declaration else {
            // Nobody asks for `= ANY (…)` of NULL; who does declares it.
            if case .list(let element, _) = fit.type { return .list(element, hasNulls: false) }
            return chosenByType(column, fit) ?? fit.type
        }
        if let choice = TypeChoice(word: declaration) { return fit.type(choice) }
        for relation in relations {
            for (dialect, part) in relation.parts.sorted(by: { $0.key < $1.key }) {
                for column in part.columns where "\(part.name).\(column.name)" == declaration {
                    return type(of: ColumnOrigin(relation: part.name, column: column.name), in: dialect, on: relations)
                }
            }
        }
        return nil
    }

    // MARK: Columns

    private mutating func resolveColumns(of query: NamedQuery, on relations: [Relation]) -> [ResolvedColumn] {
        guard let (dialect, form) = decider(of: query) else { return [] }
        for (other, otherForm) in query.forms where otherForm.columns.map(\.name) != form.columns.map(\.name) {
            report("it has other columns in \(other.displayName) than in \(dialect.displayName)", query)
            return []
        }
        let resolved = form.columns.enumerated().compactMap { index, queryColumn -> ResolvedColumn? in
            let column = Column(name: queryColumn.name, type: queryColumn.type, isNullable: queryColumn.isNullable)
            guard let type = type(of: queryColumn, column, in: dialect, on: relations) else {
                let found = column.type.isEmpty ? "an expression without a type" : column.type
                report(
                    "the column '\(column.name)' is \(found), for which there is no Swift type; "
                        + "choose one with AS \"\(column.name): string\"", query)
                return nil
            }
            for (other, otherForm) in query.forms where other == .sqlite && dialect != .sqlite {
                let type = type
                let declared = otherForm.columns[index].type
                guard let storage = SQLiteStorage(declaredType: declared), !storage.canHold(type) else { continue }
                report("the column '\(column.name)' is '\(type.words)', which \(declared) of SQLite cannot hold", query)
            }
            return resolve(column, of: query, as: type)
        }
        reportCollisions(of: resolved, in: query)
        return resolved
    }

    private mutating func type(
        of queryColumn: QueryColumn, _ column: Column, in dialect: Dialect, on relations: [Relation]
    ) -> SwiftType? {
        let fit = ColumnFit(column, in: dialect, catalog(dialect))
        if let choice = queryColumn.choice.flatMap(TypeChoice.init(word:)) { return fit.type(choice) }
        return queryColumn.origin.flatMap { type(of: $0, in: dialect, on: relations) } ?? chosenByType(column, fit)
            ?? fit.type
    }

    /// The type that a column of a table has: a standard column's, or the one that is decided for the table.
    private mutating func type(
        of origin: ColumnOrigin, in dialect: Dialect, on relations: [Relation]
    ) -> SwiftType? {
        guard let relation = relations.first(where: { $0.parts[dialect]?.name == origin.relation }) else { return nil }
        let tables = relation.parts.values.compactMap(\.table)
        let shape = TableShape.all.first { shape in tables.contains(where: shape.isMeant) }
        if let standard = shape?.columns.first(where: { $0.name == origin.column }) {
            return .scalar(standard.content.type)
        }
        let columns = relation.parts.compactMapValues { $0.column(origin.column) }
        return type(of: Candidate(name: origin.column, columns: columns, isCounted: false), relation)
    }

    // MARK: Swift

    private mutating func resolve(_ column: Column, of query: NamedQuery, as type: SwiftType) -> ResolvedColumn? {
        guard let name = SwiftName.property(column.name) else {
            report("'\(column.name)' makes no Swift name, which begins with a letter; name it with AS", query)
            return nil
        }
        guard let typeName = swiftName(of: type) else { return nil }
        return ResolvedColumn(
            column: column, name: name, type: type, typeName: typeName, transfer: nil, fractionDigits: nil,
            isOptional: column.isNullable, isCounted: false, defaultValue: nil)
    }

    private mutating func reportCollisions(of columns: [ResolvedColumn], in query: NamedQuery) {
        var names: [String: String] = [:]
        for column in columns {
            guard let other = names.updateValue(column.column.name, forKey: column.name) else { continue }
            report(
                "'\(other)' and '\(column.column.name)' are both '\(column.name)' in Swift; rename one of them", query)
        }
    }
}

extension TableShape.StandardColumn.Content {
    /// The type that the contract gives to such a column.
    fileprivate var type: ColumnType {
        switch self {
        case .number: .int64
        case .id, .text: .string
        case .json: .json
        case .bytes: .bytes
        case .instant: .instant
        }
    }
}
