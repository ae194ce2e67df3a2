import SQLSchema

/// What becomes of the columns of a table or a view.
extension TableResolver {
    /// A column that becomes a property, in every dialect that has the table.
    struct Candidate {
        let name: String
        let columns: [Dialect: Column]
        /// Whether the database counts it up, so that an insert leaves it out.
        let isCounted: Bool
    }

    // MARK: Which columns

    /// The columns that become properties, in the order of the dialect that decides; one that a dialect lacks is reported.
    mutating func properties(
        of relation: Relation, _ kind: ResolvedTable.Kind, excluding standard: Set<String>
    ) -> [Candidate] {
        var candidates: [Candidate] = []
        for dialect in relation.dialects {
            guard let part = relation.parts[dialect] else { continue }
            for column in part.columns where !standard.contains(column.name) && Self.isProperty(column, in: kind) {
                if candidates.contains(where: { $0.name.utf8.elementsEqual(column.name.utf8) }) { continue }
                if let candidate = candidate(column, relation, kind, from: dialect) { candidates.append(candidate) }
            }
        }
        return candidates
    }

    /// The values of an event are given before it is stored, so that nothing is one which the database decides. The row
    /// of another table may have been read before it is written, and has its number then.
    private static func isProperty(_ column: Column, in kind: ResolvedTable.Kind) -> Bool {
        switch kind {
        case .view: true
        case .rows: !column.isGenerated
        case .events, .snapshots: !column.isGenerated && !column.isCounted
        }
    }

    private mutating func candidate(
        _ column: Column, _ relation: Relation, _ kind: ResolvedTable.Kind, from dialect: Dialect
    ) -> Candidate? {
        var columns = [dialect: column]
        for (other, part) in relation.parts where other != dialect {
            guard let counterpart = part.column(column.name) else {
                reportMissing(column, relation, from: dialect, in: other)
                return nil
            }
            guard Self.isProperty(counterpart, in: kind) else {
                report(
                    "'\(part.name).\(column.name)' is computed by \(other.displayName), but not by "
                        + "\(dialect.displayName)\(place(of: column.name, relation, in: dialect))", part.name,
                    column: column.name, in: other)
                return nil
            }
            columns[other] = counterpart
        }
        let isCountedBySQLite = relation.parts[.sqlite]?.table?.countedColumn == column.name
        let isCounted =
            kind == .rows
            && (columns.values.contains(where: \.isCounted) || (isCountedBySQLite && columns.count == 1))
        if isCounted, let part = relation.parts[.sqlite], part.table?.primaryKey != [column.name] {
            report(
                "'\(part.name).\(column.name)' is counted up by PostgreSQL, and so it must be by SQLite; "
                    + "declare it: \(column.name) INTEGER PRIMARY KEY", part.name, column: column.name, in: .sqlite)
        }
        return Candidate(name: column.name, columns: columns, isCounted: isCounted)
    }

    private mutating func reportMissing(
        _ column: Column, _ relation: Relation, from dialect: Dialect, in other: Dialect
    ) {
        guard let name = relation.parts[dialect]?.name, let otherName = relation.parts[other]?.name else { return }
        report(
            "'\(name).\(column.name)' is not in \(other.displayName): '\(otherName)' has no such column; "
                + "a table must have the same columns in both", name, column: column.name, in: dialect)
    }

    /// Where the column stands that another one is held against.
    func place(of column: String, _ relation: Relation, in dialect: Dialect) -> String {
        guard let name = relation.parts[dialect]?.name else { return "" }
        return " (\(file.location(of: name, column: column, in: dialect)))"
    }

    // MARK: What they are

    mutating func resolve(
        _ candidate: Candidate, _ kind: ResolvedTable.Kind, of relation: Relation
    ) -> ResolvedColumn? {
        let name = swiftName(of: relation, column: candidate.name) { SwiftName.property($0) }
        let type = type(of: candidate, relation)
        checkNullability(of: candidate, relation)
        guard let name, let type, let decider = relation.dialects.first, let column = candidate.columns[decider]
        else { return nil }
        guard let typeName = swiftName(of: type) else { return nil }
        let own = types.values.lazy.compactMap { $0 }.first { $0.typeName == typeName }
        let defaults = Set(candidate.columns.map { DefaultValue.swift(of: $1, as: type, own, in: $0) })
        let isOptional = column.isNullable || candidate.isCounted
        // Where the dialects have different ones, the initializer has to be told.
        let defaultValue = candidate.isCounted ? "nil" : defaults.count == 1 ? defaults.first ?? nil : nil
        let postgres = candidate.columns[.postgres]
        let transfer = postgres.map { PostgresTransfer($0, as: type, catalog(.postgres)) }
        let digits =
            type.isFractional
            ? postgres.flatMap { PostgresStorage.fractionDigits(of: $0.type, in: catalog(.postgres)) } : nil
        return ResolvedColumn(
            column: column, name: name, type: type, typeName: typeName, transfer: transfer, fractionDigits: digits,
            isOptional: isOptional,
            isCounted: candidate.isCounted,
            defaultValue: defaultValue)
    }

    private mutating func checkNullability(of candidate: Candidate, _ relation: Relation) {
        guard let postgres = candidate.columns[.postgres], let sqlite = candidate.columns[.sqlite],
            let part = relation.parts[.sqlite], postgres.isNullable != sqlite.isNullable
        else { return }
        let words = { (isNullable: Bool) in isNullable ? "allows NULL" : "is NOT NULL" }
        report(
            "'\(part.name).\(candidate.name)' \(words(sqlite.isNullable)) in SQLite, but \(words(postgres.isNullable)) "
                + "in PostgreSQL\(place(of: candidate.name, relation, in: .postgres)); declare it the same in both",
            part.name, column: candidate.name, in: .sqlite)
    }
}

extension Table {
    /// The column that SQLite counts up and never gives a number of twice: the key, when it is declared so.
    ///
    /// The pragmas do not tell; the text of the table does, outside of its comments.
    var countedColumn: String? {
        let text = definition.split(separator: "\n").map { line in
            line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
        }.joined(separator: " ").uppercased()
        return primaryKey.count == 1 && text.contains("AUTOINCREMENT") ? primaryKey[0] : nil
    }
}

extension Column {
    /// Whether the database counts it up: an identity of PostgreSQL, or what `serial` makes.
    var isCounted: Bool {
        identity != nil || defaultExpression?.hasPrefix("nextval(") == true
    }
}

extension SwiftType {
    /// Whether a value can have more digits behind the point than a column keeps.
    fileprivate var isFractional: Bool {
        switch self {
        case .scalar(let type), .own(_, let type):
            [.decimal, .instant, .time, .timeWithOffset, .localDateTime, .interval].contains(type)
        case .list(let element, _): element.isFractional
        case .range, .codable, .custom: false
        }
    }
}
