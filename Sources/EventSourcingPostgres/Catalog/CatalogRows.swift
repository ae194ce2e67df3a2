import SQLSchema

/// The rows of PostgreSQL's system catalogs that a catalog is made of.
struct CatalogRows {
    struct Relation {
        let oid: Int64
        let name: RelationName
        /// `r` table, `p` partitioned table, `f` foreign table, `v` view, `m` materialized view.
        let kind: String
        let isUnlogged: Bool
        let partitionKey: String?
        let viewQuery: String?
        let partitionBound: String?
        let parent: Int64?
    }

    struct ColumnRow {
        let column: Column
        let generationExpression: String?
        /// Whether a generated column is computed when it is read, as it can be from PostgreSQL 18 on.
        let isVirtual: Bool
        let collation: String?
        /// Whether the column itself says NOT NULL, and not only its domain.
        let hasNotNull: Bool
        /// Options of its sequence that are not the usual ones.
        let sequenceOptions: String
        /// The sequence that it owns without being an identity, as `serial` makes one; the name is quoted.
        let ownedSequence: (name: String, type: String)?
    }

    struct Constraint {
        /// `p` primary key, `u` unique, `f` foreign key, `c` check, `x` exclusion.
        let kind: String
        let name: String
        let definition: String
        let columns: [String]
        let references: RelationName?
        let referencedColumns: [String]
        let onDelete: String
        let onUpdate: String
    }

    struct Index {
        let definition: NamedDefinition
        /// The columns, when it makes them unique as a key does.
        let uniqueColumns: [String]?
        let belongsToConstraint: Bool
    }

    let relations: [Relation]
    let columns: [Int64: [ColumnRow]]
    let constraints: [Int64: [Constraint]]
    let indexes: [Int64: [Index]]
    let triggers: [Int64: [(name: String, definition: String, isEnabled: String)]]

    init(_ connection: PostgresConnection) throws {
        relations = try connection.prepare(CatalogQueries.relations).all(Relation.init)
        columns = try connection.grouped(CatalogQueries.columns, ColumnRow.init)
        constraints = try connection.grouped(CatalogQueries.constraints, Constraint.init)
        indexes = try connection.grouped(CatalogQueries.indexes, Index.init)
        triggers = try connection.grouped(CatalogQueries.triggers) { row in
            (try row.string(at: 1), try row.string(at: 2), try row.string(at: 3))
        }
    }
}

extension PostgresConnection {
    /// The rows by the OID in their first column.
    fileprivate func grouped<Row>(
        _ sql: String, _ read: (borrowing PostgresRow) throws -> Row
    ) throws -> [Int64: [Row]] {
        var groups: [Int64: [Row]] = [:]
        for (oid, row) in try prepare(sql).all({ row in (try row.int64(at: 0), try read(row)) }) {
            groups[oid, default: []].append(row)
        }
        return groups
    }
}

extension CatalogRows.Relation {
    fileprivate init(_ row: borrowing PostgresRow) throws {
        oid = try row.int64(at: 0)
        name = RelationName(schema: try row.string(at: 1), try row.string(at: 2))
        kind = try row.string(at: 3)
        isUnlogged = try row.string(at: 4) == "u"
        partitionKey = try row.value(at: 5)
        viewQuery = try row.value(at: 6)
        partitionBound = try row.value(at: 7)
        parent = try row.value(at: 8)
    }
}

extension CatalogRows.ColumnRow {
    fileprivate init(_ row: borrowing PostgresRow) throws {
        let expression = try row.value(String?.self, at: 4)
        let generation = try row.string(at: 5)
        let isGenerated = generation != ""
        let identity: Column.Identity? =
            switch try row.string(at: 6) {
            case "a": .always
            case "d": .byDefault
            default: nil
            }
        column = Column(
            name: try row.string(at: 1), type: try row.string(at: 2), isNullable: try !row.bool(at: 3),
            defaultExpression: isGenerated ? nil : expression, isGenerated: isGenerated, identity: identity)
        generationExpression = isGenerated ? expression : nil
        isVirtual = generation == "v"
        collation = try row.value(at: 7)
        hasNotNull = try row.bool(at: 8)
        sequenceOptions = try row.value(String?.self, at: 9) ?? ""
        ownedSequence = row.isNull(at: 10) ? nil : (try row.string(at: 10), try row.string(at: 11))
    }
}

extension CatalogRows.Constraint {
    fileprivate init(_ row: borrowing PostgresRow) throws {
        kind = try row.string(at: 1)
        name = try row.string(at: 2)
        definition = try row.string(at: 3)
        columns = try row.strings(at: 4)
        references =
            row.isNull(at: 6) ? nil : RelationName(schema: try row.string(at: 5), try row.string(at: 6))
        referencedColumns = try row.strings(at: 7)
        onDelete = Self.action(try row.string(at: 8))
        onUpdate = Self.action(try row.string(at: 9))
    }

    private static func action(_ letter: String) -> String {
        switch letter {
        case "c": "CASCADE"
        case "n": "SET NULL"
        case "d": "SET DEFAULT"
        case "r": "RESTRICT"
        default: "NO ACTION"
        }
    }
}

extension CatalogRows.Index {
    fileprivate init(_ row: borrowing PostgresRow) throws {
        // An index that failed to be built concurrently is there, but of no use.
        let note = try row.bool(at: 5) ? "" : " /* invalid */"
        definition = NamedDefinition(name: try row.string(at: 1), definition: try row.string(at: 2) + note)
        uniqueColumns = try row.bool(at: 3) ? try row.strings(at: 6) : nil
        belongsToConstraint = try row.bool(at: 4)
    }
}
