public import SQLSchema

/// The table that remembers which migrations a database has seen.
public enum MigrationHistory {
    /// The name of the table.
    public static let tableName = "schema_history"

    /// The columns in the order of the properties of ``MigrationRecord``.
    public static let columns = [
        "version", "sequence", "name", "checksum", "state", "statements_done", "statements", "transactional", "tool",
        "applied_by", "started_at", "duration", "error",
    ]

    /// The statement that creates the table.
    ///
    /// - Parameters:
    ///   - dialect: The database that it is for.
    ///   - schema: The PostgreSQL schema that it belongs to; nil in SQLite.
    public static func createTable(for dialect: Dialect, in schema: String? = nil) -> String {
        let name = RelationName(schema: schema, tableName).quoted
        return switch dialect {
        // Instants and durations are microseconds, as in every table of ours in SQLite.
        case .sqlite:
            """
            CREATE TABLE \(name) (
                version INTEGER PRIMARY KEY CHECK (version > 0),
                sequence INTEGER NOT NULL UNIQUE,
                name TEXT NOT NULL,
                checksum BLOB NOT NULL CHECK (length(checksum) = 32),
                state TEXT NOT NULL CHECK (state IN (\(states))),
                statements_done INTEGER NOT NULL,
                statements INTEGER NOT NULL,
                transactional INTEGER NOT NULL CHECK (transactional IN (0, 1)),
                tool TEXT NOT NULL,
                applied_by TEXT NOT NULL,
                started_at INTEGER NOT NULL,
                duration INTEGER,
                error TEXT
            ) STRICT
            """
        case .postgres:
            """
            CREATE TABLE \(name) (
                version bigint PRIMARY KEY CHECK (version > 0),
                sequence bigint NOT NULL UNIQUE,
                name text NOT NULL,
                checksum bytea NOT NULL CHECK (length(checksum) = 32),
                state text NOT NULL CHECK (state IN (\(states))),
                statements_done integer NOT NULL,
                statements integer NOT NULL,
                transactional boolean NOT NULL,
                tool text NOT NULL,
                applied_by text NOT NULL,
                started_at timestamptz NOT NULL,
                duration bigint,
                error text
            )
            """
        }
    }

    private static var states: String {
        MigrationRecord.State.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }
}
