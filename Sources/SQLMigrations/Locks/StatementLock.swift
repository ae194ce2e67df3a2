public import SQLSchema

/// The lock that a statement needs, as the documentation of its kind says: nothing is run to find it out.
public struct StatementLock: Hashable, Sendable {
    /// How sure the answer is.
    public enum Certainty: String, Hashable, Sendable {
        /// The documentation of the database says it of every statement of this kind.
        case documented
        /// It is this lock or a weaker one, depending on details that were not looked at.
        case atMost
        /// What the statement locks is decided by what it runs: a function, a block of code, a query.
        case unknown
    }

    /// The lock; nil when no table that exists is locked, or nobody knows.
    public let lock: TableLock?
    /// The table or index that is locked, as the statement names it; nil when it names none, or several.
    public let relation: RelationName?
    /// How sure that is.
    public let certainty: Certainty

    init(_ lock: TableLock?, on relation: RelationName? = nil, _ certainty: Certainty = .documented) {
        self.lock = lock
        self.relation = relation
        self.certainty = certainty
    }

    /// Looks a statement up; nil for SQLite, where each statement that writes locks the whole file for other writers.
    public init?(of statement: SQLStatement, in dialect: Dialect) {
        guard dialect == .postgres else { return nil }
        var reader = StatementReader(statement, dialect: dialect)
        self = Self.look(&reader)
    }

    private static func look(_ reader: inout StatementReader) -> StatementLock {
        let verb = reader.word ?? ""
        reader.skip()
        switch verb {
        case "CREATE": return created(&reader)
        case "ALTER": return altered(&reader)
        case "DROP": return dropped(&reader)
        case "TRUNCATE":
            _ = reader.take("TABLE")
            return named(&reader, .accessExclusive)
        case "INSERT", "MERGE":
            _ = reader.take("INTO")
            return named(&reader, .rowExclusive)
        case "DELETE":
            _ = reader.take("FROM")
            return named(&reader, .rowExclusive)
        case "UPDATE": return named(&reader, .rowExclusive)
        case "COPY": return StatementLock(.rowExclusive, on: reader.name(), .atMost)
        case "LOCK":
            _ = reader.take("TABLE")
            return StatementLock(.accessExclusive, on: reader.name(), .atMost)
        case "VACUUM", "CLUSTER", "ANALYZE", "REINDEX", "REFRESH": return maintained(verb, &reader)
        case "COMMENT": return StatementLock(.shareUpdateExclusive, .atMost)
        case "SET", "RESET", "GRANT", "REVOKE", "NOTIFY", "LISTEN", "SHOW", "DISCARD": return StatementLock(nil)
        default: return StatementLock(nil, .unknown)
        }
    }

    /// The lock of the relation that is named next.
    private static func named(_ reader: inout StatementReader, _ lock: TableLock) -> StatementLock {
        _ = reader.take("IF", "EXISTS")
        _ = reader.take("ONLY")
        return StatementLock(lock, on: reader.name())
    }

    // MARK: CREATE

    private static func created(_ reader: inout StatementReader) -> StatementLock {
        _ = reader.take("OR", "REPLACE")
        for modifier in ["UNIQUE", "CONSTRAINT", "UNLOGGED", "TEMP", "TEMPORARY", "FOREIGN", "MATERIALIZED"] {
            _ = reader.take(modifier)
        }
        let kind = reader.word
        reader.skip()
        switch kind {
        case "INDEX":
            let lock: TableLock = reader.take("CONCURRENTLY") ? .shareUpdateExclusive : .share
            guard reader.skip(past: "ON") else { return StatementLock(lock) }
            return named(&reader, lock)
        case "TRIGGER":
            guard reader.skip(past: "ON") else { return StatementLock(.shareRowExclusive) }
            return named(&reader, .shareRowExclusive)
        case "POLICY", "RULE":
            let word = kind == "RULE" ? "TO" : "ON"
            guard reader.skip(past: word) else { return StatementLock(.accessExclusive) }
            return named(&reader, .accessExclusive)
        case "STATISTICS":
            guard reader.skip(past: "FROM") else { return StatementLock(.shareUpdateExclusive) }
            return named(&reader, .shareUpdateExclusive)
        case "TABLE":
            if reader.contains("PARTITION") {
                var rest = reader
                if rest.skip(past: "OF") { return named(&rest, .accessExclusive) }
            }
            // A foreign key is a trigger on the other table, too.
            if reader.contains("REFERENCES") { return StatementLock(.shareRowExclusive, .atMost) }
            return StatementLock(nil)
        case "VIEW": return StatementLock(.accessExclusive, .atMost)
        case "EXTENSION": return StatementLock(nil, .unknown)
        default: return StatementLock(nil)
        }
    }

    // MARK: ALTER

    private static func altered(_ reader: inout StatementReader) -> StatementLock {
        _ = reader.take("MATERIALIZED")
        _ = reader.take("FOREIGN")
        let kind = reader.word
        reader.skip()
        switch kind {
        case "TABLE":
            _ = reader.take("IF", "EXISTS")
            _ = reader.take("ONLY")
            let table = reader.name()
            // Of several changes the strongest lock counts, and any of them may be the strongest there is.
            if reader.hasComma { return StatementLock(.accessExclusive, on: table, .atMost) }
            let (lock, certainty) = change(reader)
            return StatementLock(lock, on: table, certainty)
        case "INDEX":
            let name = named(&reader, .accessExclusive).relation
            return StatementLock(reader.take("RENAME") ? .shareUpdateExclusive : .accessExclusive, on: name, .atMost)
        case "VIEW": return named(&reader, .accessExclusive)
        case "SEQUENCE": return StatementLock(.accessExclusive, on: named(&reader, .accessExclusive).relation, .atMost)
        case "TRIGGER", "POLICY":
            guard reader.skip(past: "ON") else { return StatementLock(.accessExclusive) }
            return named(&reader, .accessExclusive)
        default: return StatementLock(nil)
        }
    }

    /// The lock of one change of `ALTER TABLE`.
    private static func change(_ reader: StatementReader) -> (TableLock, Certainty) {
        var reader = reader
        if reader.take("VALIDATE") || reader.take("CLUSTER") || reader.take("ATTACH") {
            return (.shareUpdateExclusive, .documented)
        }
        if reader.take("DETACH") {
            return (reader.contains("CONCURRENTLY") ? .shareUpdateExclusive : .accessExclusive, .documented)
        }
        if reader.contains("TRIGGER"), reader.take("ENABLE") || reader.take("DISABLE") {
            return (.shareRowExclusive, .documented)
        }
        if reader.word == "ADD", reader.contains("FOREIGN"), reader.contains("REFERENCES"), !reader.contains("COLUMN") {
            return (.shareRowExclusive, .documented)
        }
        if reader.word == "ALTER", reader.contains("STATISTICS") { return (.shareUpdateExclusive, .documented) }
        return (.accessExclusive, .documented)
    }

    // MARK: DROP and maintenance

    private static func dropped(_ reader: inout StatementReader) -> StatementLock {
        _ = reader.take("MATERIALIZED")
        _ = reader.take("FOREIGN")
        let kind = reader.word
        reader.skip()
        switch kind {
        case "TABLE", "VIEW", "SEQUENCE": return named(&reader, .accessExclusive)
        case "INDEX":
            let lock: TableLock = reader.take("CONCURRENTLY") ? .shareUpdateExclusive : .accessExclusive
            return named(&reader, lock)
        case "TRIGGER", "POLICY", "RULE":
            guard reader.skip(past: "ON") else { return StatementLock(.accessExclusive) }
            return named(&reader, .accessExclusive)
        default: return StatementLock(.accessExclusive, reader.contains("CASCADE") ? .unknown : .atMost)
        }
    }

    private static func maintained(_ verb: String, _ reader: inout StatementReader) -> StatementLock {
        let isConcurrent = reader.contains("CONCURRENTLY")
        switch verb {
        case "VACUUM": return StatementLock(reader.contains("FULL") ? .accessExclusive : .shareUpdateExclusive)
        case "ANALYZE": return StatementLock(.shareUpdateExclusive)
        case "CLUSTER": return StatementLock(.accessExclusive)
        case "REFRESH": return StatementLock(isConcurrent ? .exclusive : .accessExclusive)
        default:
            // REINDEX locks the index, and its table against whoever writes.
            return isConcurrent ? StatementLock(.shareUpdateExclusive) : StatementLock(.accessExclusive, .atMost)
        }
    }
}
