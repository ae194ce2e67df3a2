/// A named query with the values of its parameters; the generator writes one for each, and a function that runs it.
public protocol NamedStatement: RowArguments {
    /// What the query is called.
    static var name: String { get }

    /// The statement in each dialect that the query was written for.
    static var statements: [Dialect: String] { get }
}

/// A named query that returns rows.
public protocol RowQuery: NamedStatement {
    /// One row of the result.
    associatedtype Row: ResultRow
}

extension RowDatabase where Self: ~Copyable {
    /// Runs a query and reads all its rows.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func all<Query: RowQuery>(_ query: Query) throws -> [Query.Row] {
        try rows(Query.Row.self, of: Query.sql(in: Self.dialect), with: query)
    }

    /// Runs a query that returns one row at most, and reads it.
    ///
    /// - Returns: nil when there is none.
    /// - Throws: `DatabaseError`, also when there are more than one.
    @inlinable
    public borrowing func optional<Query: RowQuery>(_ query: Query) throws -> Query.Row? {
        let rows = try all(query)
        guard rows.count <= 1 else { throw Query.unexpectedCount(rows.count, "one at most; add LIMIT 1 to it") }
        return rows.first
    }

    /// Runs a query that returns one row, and reads it.
    ///
    /// - Throws: `DatabaseError`, also when there is none, or more than one.
    @inlinable
    public borrowing func one<Query: RowQuery>(_ query: Query) throws -> Query.Row {
        let rows = try all(query)
        guard let row = rows.first, rows.count == 1 else {
            throw Query.unexpectedCount(
                rows.count, rows.isEmpty ? "one; name it :optional when there may be none" : "one; add LIMIT 1 to it")
        }
        return row
    }

    /// Runs a query and gives its rows to a closure, one after the other, in memory that does not grow with the result.
    ///
    /// - Throws: `DatabaseError`, or what the closure throws, which ends it.
    @inlinable
    public borrowing func forEach<Query: RowQuery>(
        _ query: Query, _ body: (Query.Row) throws -> Void
    ) throws {
        try forEachRow(Query.Row.self, of: Query.sql(in: Self.dialect), with: query, body)
    }

    /// Runs a query for what it changes.
    ///
    /// - Returns: how many rows it has changed.
    /// - Throws: `DatabaseError`.
    @inlinable
    @discardableResult
    public borrowing func run<Query: NamedStatement>(_ query: Query) throws -> Int {
        try changeRows(Query.sql(in: Self.dialect), with: query)
    }
}

extension NamedStatement {
    @usableFromInline
    static func sql(in dialect: Dialect) throws -> String {
        if let sql = statements[dialect] { return sql }
        throw DatabaseError(
            code: .invalidSQL, engineCode: dialect == .sqlite ? "SQLITE_MISUSE (21)" : "42000",
            message: "the query \(name) was not written for \(dialect.displayName)")
    }

    @usableFromInline
    static func unexpectedCount(_ count: Int, _ expected: String) -> DatabaseError {
        let code = count == 0 ? "02000" : "21000"
        return DatabaseError(
            code: .unexpectedValue, engineCode: code,
            message:
                "the query \(name) returned \(count == 0 ? "no row" : "\(count) rows"), and must return \(expected)")
    }
}
