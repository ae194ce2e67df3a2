public import SQLSchema

extension PostgresConnection {
    /// Asks the database for its tables, views, enums, domains, functions and details: the system catalogs in `pg_catalog`.
    ///
    /// All names are written with their schemas, whatever the search path is. What extensions brought is left out. A
    /// partition is no table of its own, but a part of its parent's definition.
    ///
    /// - Parameter excluded: tables that are no part of the schema, such as the history of migrations.
    public func catalog(excluding excluded: Set<RelationName> = []) throws -> Catalog {
        try catalog(excluding: excluded, includingDetails: true)
    }

    /// A program that starts asks for what its code was generated from, and not for the details.
    func catalog(excluding excluded: Set<RelationName> = [], includingDetails: Bool) throws -> Catalog {
        try withoutSearchPath {
            let rows = try CatalogRows(self)
            let included = rows.relations.filter { !excluded.contains($0.name) }
            return Catalog(
                tables: included.filter { ["r", "p", "f"].contains($0.kind) && $0.parent == nil }.map(rows.table),
                views: included.filter { ["v", "m"].contains($0.kind) }.map(rows.view),
                enums: try prepare(CatalogQueries.enums).all { row in
                    Enumeration(name: try row.relationName(), labels: try row.strings(at: 2))
                },
                domains: try prepare(CatalogQueries.domains).all { row in
                    let checks = zip(try row.strings(at: 5), try row.strings(at: 6))
                    return Domain(
                        name: try row.relationName(), type: try row.string(at: 2), isNullable: try !row.bool(at: 3),
                        defaultExpression: try row.value(at: 4), checks: checks.map(NamedDefinition.init))
                },
                functions: try prepare(CatalogQueries.functions).all { row in
                    Function(
                        name: try row.relationName(), arguments: try row.string(at: 2),
                        definition: try row.string(at: 3).trimmed)
                },
                details: includingDetails ? try catalogDetails(excluding: excluded) : [])
        }
    }

    /// Runs a closure in one snapshot of the database, with a search path on which nothing is found without its schema.
    func withoutSearchPath<Result>(_ body: () throws -> Result) throws -> Result {
        func withPath() throws -> Result {
            let path = try prepare("SELECT current_setting('search_path')").first { try $0.string(at: 0) }
            try setSearchPath("")
            let result = try body()
            try setSearchPath(path ?? "")
            return result
        }
        if isInTransaction { return try withSavepoint(withPath) }
        try execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        defer { try? rollback() }
        return try withPath()
    }

    private func setSearchPath(_ path: String) throws {
        let statement = try prepare("SELECT set_config('search_path', $1, true)")
        var parameters = statement.parameters()
        try parameters.write(path, at: 0)
        try statement.run()
    }
}

extension PostgresRow {
    /// The name in the first two columns.
    fileprivate borrowing func relationName() throws -> RelationName {
        RelationName(schema: try string(at: 0), try string(at: 1))
    }
}

extension String {
    /// Without line ends and semicolons at the end.
    var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
        return String(text)
    }
}
