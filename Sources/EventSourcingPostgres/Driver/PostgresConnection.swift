import CLibpq
import EventSourcingSQL
import SQLSchema

/// One connection to a PostgreSQL server.
///
/// Every call blocks until the server has answered. It is confined to whoever holds it, and nothing in it is locked;
/// asynchronous code uses a ``PostgresAsyncConnection``, so that no thread of the cooperative pool waits.
///
/// ```swift
/// let connection = try PostgresConnection(url: "postgresql:///shop")
/// let statement = try connection.prepare("SELECT name FROM customers WHERE id = $1")
/// var parameters = statement.parameters()
/// try parameters.write(42, at: 0)
/// let name = try statement.first { row in try row.string(at: 0) }
/// ```
public final class PostgresConnection {
    let handle: PostgresHandle
    private var statements: StatementCache<PostgresStatement>

    /// How migrations are run on this connection.
    public var migrationOptions = PostgresMigrationOptions()
    /// What a session is set to before each file of migrations.
    var migrationSession = MigrationSession()
    /// Whether a role may have been set since the session was set up.
    var mayHaveRole = false
    /// Where the server is, for a second connection.
    let configuration: PostgresConfiguration

    /// Connects to a server (PQconnectdbParams).
    ///
    /// - Throws: `DatabaseError` with the code `cannotOpen`.
    public convenience init(url: String) throws {
        try self.init(PostgresConfiguration(url: url))
    }

    /// Connects to a server (PQconnectdbParams).
    ///
    /// - Throws: `DatabaseError` with the code `cannotOpen`; also when the configuration has a source of parameters, which
    ///   only ``PostgresConfiguration/resolved()`` asks.
    public init(_ configuration: PostgresConfiguration) throws {
        guard configuration.parameterSource == nil else {
            throw DatabaseError(
                code: .cannotOpen, engineCode: "08001",
                message: "the configuration has a source of parameters: connect with what resolved() returns",
                database: configuration.description)
        }
        handle = try PostgresHandle(configuration)
        self.configuration = configuration
        statements = StatementCache(capacity: configuration.statementCapacity)
        if let statement = configuration.sessionStatement, !configuration.usesTransactionPooler {
            try execute(statement)
        }
    }

    /// The version of libpq (PQlibVersion), such as `15.4`.
    package static var libraryVersion: String {
        let number = PQlibVersion()
        return "\(number / 10_000).\(number % 10_000)"
    }

    /// User, host, port and database as a URL, without a password.
    public var address: String { handle.address }

    /// The version of the server: 150004 is 15.4 (PQserverVersion).
    public var serverVersion: Int { Int(PQserverVersion(handle.pointer)) }

    /// The process of the server that serves this connection (PQbackendPID).
    public var processID: Int32 { PQbackendPID(handle.pointer) }

    /// Whether a transaction is open, also one that has failed (PQtransactionStatus).
    public var isInTransaction: Bool { handle.isInTransaction }

    /// Whether the connection works, and no transaction is open on it.
    public var isReusable: Bool { handle.isReusable }

    /// Prepares one statement, or finds it again when it has been prepared before.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake, also when more than one statement is given.
    public func prepare(_ sql: String) throws -> PostgresStatement {
        if let statement = statements.find(sql) { return statement }
        let statement = try PostgresStatement(sql, handle: handle)
        // Whoever still has the one that makes room can go on: it is prepared again when it is run.
        statements.insert(statement, for: sql)?.forget()
        return statement
    }

    /// Runs one statement without parameters and ignores the rows that it returns; it is not kept prepared.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake, also when more than one statement is given.
    public func execute(_ sql: String) throws {
        guard !sql.utf8.contains(0) else { throw handle.misuse("a statement cannot have a NUL in it", sql: sql) }
        if migrationSession.isSet, !mayHaveRole { mayHaveRole = MigrationSession.maySetRole(sql) }
        PQclear(try handle.run(sql) { PQexecParams(handle.pointer, sql, 0, nil, nil, nil, nil, 1) })
    }
}
