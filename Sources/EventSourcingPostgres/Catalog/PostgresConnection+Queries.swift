import CLibpq
import JSONText
public import SQLSchema

extension PostgresConnection {
    /// Asks what goes into a statement and what comes out of it, without running it.
    ///
    /// Types are those of the columns that values come from (PQftable, PQftablecol), domains among them, which the result
    /// itself does not tell. A column is NOT NULL when its table says so and the plan of the statement has no outer join that
    /// makes it NULL; an expression can always be NULL, as far as the server tells.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public func describe(_ sql: String) throws -> QueryDescription {
        guard isInTransaction else {
            try begin()
            defer { try? rollback() }
            return try describe(sql)
        }
        return try withSavepoint {
            let name = handle.newStatementName()
            PQclear(try handle.run(sql) { PQprepare(handle.pointer, name, sql, 0, nil) })
            defer { handle.forget(name) }
            let description = try handle.run(sql) { PQdescribePrepared(handle.pointer, name) }
            defer { PQclear(description) }
            let nullability = try planNullability(of: name, description)
            return try withoutSearchPath {
                QueryDescription(
                    parameterTypes: try (0..<PQnparams(description)).map { index in
                        try typeName(PQparamtype(description, index), modifier: -1)
                    },
                    columns: try (0..<PQnfields(description)).map { index in
                        try column(index, of: description, nullability)
                    })
            }
        }
    }

    private func column(
        _ index: Int32, of description: OpaquePointer, _ nullability: PlanNullability?
    ) throws -> QueryDescription.Column {
        let name = PQfname(description, index).map { String(cString: $0) } ?? ""
        let table = PQftable(description, index)
        let number = PQftablecol(description, index)
        guard table != 0, number > 0, let found = try originalColumn(number, of: table) else {
            let type = try typeName(PQftype(description, index), modifier: PQfmod(description, index))
            return QueryDescription.Column(name: name, type: type, isNullable: true, origin: nil)
        }
        let isNullable = found.isNullable || nullability?.canBeNull(at: Int(index)) ?? true
        return QueryDescription.Column(name: name, type: found.type, isNullable: isNullable, origin: found.origin)
    }

    /// A column by the numbers of its table and of itself (pg_attribute).
    private func originalColumn(
        _ number: Int32, of table: Oid
    ) throws -> (origin: ColumnOrigin, type: String, isNullable: Bool)? {
        let statement = try prepare(
            """
            SELECT n.nspname::text, c.relname::text, a.attname::text,
                pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull OR t.typnotnull
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = $1::int8::oid AND a.attnum = $2::int8
            """)
        var parameters = statement.parameters()
        try parameters.write(Int64(table), at: 0)
        try parameters.write(Int64(number), at: 1)
        return try statement.first { row in
            let relation = RelationName(schema: try row.string(at: 0), try row.string(at: 1))
            return (
                origin: ColumnOrigin(relation: relation, column: try row.string(at: 2)), type: try row.string(at: 3),
                isNullable: try !row.bool(at: 4)
            )
        }
    }

    private func typeName(_ type: Oid, modifier: Int32) throws -> String {
        let statement = try prepare("SELECT pg_catalog.format_type($1::int8::oid, $2::int8::int4)")
        var parameters = statement.parameters()
        try parameters.write(Int64(type), at: 0)
        try parameters.write(Int64(modifier), at: 1)
        return try statement.first { try $0.string(at: 0) } ?? ""
    }

    /// What the plan says; nil when the statement has none, or no result.
    private func planNullability(of name: String, _ description: OpaquePointer) throws -> PlanNullability? {
        guard PQnfields(description) > 0 else { return nil }
        let arguments = Array(repeating: "NULL", count: Int(PQnparams(description))).joined(separator: ", ")
        let explanation = "EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE \(name)" + (arguments.isEmpty ? "" : "(\(arguments))")
        do {
            return try withSavepoint {
                // The values must not decide what the plan looks like.
                try execute("SET LOCAL plan_cache_mode = force_generic_plan")
                let json = try prepare(explanation).first { try $0.json(at: 0) }
                return try json.flatMap { try PlanNullability(explanation: JSONNode(parsing: $0.bytes)) }
            }
        } catch let error as DatabaseError where error.code != .connectionLost {
            return nil
        }
    }
}
