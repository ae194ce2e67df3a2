public import SQLSchema

/// An index that PostgreSQL is told to create or drop while others go on writing: `CREATE INDEX CONCURRENTLY`.
///
/// Such a statement runs in transactions of its own, and can end half done. But the catalog shows what became of it, if
/// only the statement says which index it is about.
public struct ConcurrentIndex: Hashable, Sendable {
    /// What is to become of the index.
    public enum Action: Hashable, Sendable {
        /// It is created on a table, in whose schema it is.
        case create(on: RelationName)
        /// It is dropped.
        case drop
    }

    /// What is to become of the index.
    public let action: Action
    /// The index as the statement names it; without a schema when it is created.
    public let name: RelationName

    /// Reads a statement; nil when it is another one, or does not name the index.
    public init?(_ statement: SQLStatement) {
        var reader = StatementReader(statement, dialect: .postgres)
        if reader.take("DROP", "INDEX", "CONCURRENTLY") {
            _ = reader.take("IF", "EXISTS")
            guard let name = reader.name() else { return nil }
            self.name = name
            action = .drop
            return
        }
        guard reader.take("CREATE", "INDEX", "CONCURRENTLY") || reader.take("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY")
        else { return nil }
        _ = reader.take("IF", "NOT", "EXISTS")
        // Without a name PostgreSQL makes one up, of which nothing is known later.
        guard reader.word != "ON", let name = reader.name(), name.schema == nil, reader.take("ON") else { return nil }
        _ = reader.take("ONLY")
        guard let table = reader.name() else { return nil }
        self.name = name
        action = .create(on: table)
    }
}
