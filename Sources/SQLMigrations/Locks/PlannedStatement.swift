import SQLSchema

/// A statement that applying would run, with the lock that it needs.
public struct PlannedStatement: Hashable, Sendable {
    /// The migration that it belongs to.
    public let migration: Migration
    /// The statement.
    public let statement: SQLStatement
    /// Its number among the statements of its section; the first is 1.
    public let number: Int
    /// Whether it runs in one transaction with the others of its file.
    public let isTransactional: Bool
    /// The lock that it needs; nil in SQLite, which locks the file for other writers.
    public let lock: StatementLock?
    /// Whether the table that it locks is made by the plan itself, so that nobody else can be kept waiting.
    public let isOnNewTable: Bool
}

extension MigrationPlan {
    /// Every statement that applying would run, in order.
    public var statements: [PlannedStatement] {
        var created: Set<RelationName> = []
        return steps.flatMap { step -> [PlannedStatement] in
            let migration = step.migration
            return migration.up.statements.enumerated().dropFirst(step.statementsDone).map { index, statement in
                let lock = StatementLock(of: statement, in: migration.dialect)
                defer { if let table = statement.createdTable(in: migration.dialect) { created.insert(table) } }
                return PlannedStatement(
                    migration: migration, statement: statement, number: index + 1,
                    isTransactional: migration.up.isTransactional, lock: lock,
                    isOnNewTable: lock?.relation.map(created.contains) ?? false)
            }
        }
    }
}

extension SQLStatement {
    /// The table that the statement creates; nil when it is another one, or leaves one as it is that is there.
    fileprivate func createdTable(in dialect: Dialect) -> RelationName? {
        var reader = StatementReader(self, dialect: dialect)
        guard reader.take("CREATE", "TABLE") || reader.take("CREATE", "UNLOGGED", "TABLE") else { return nil }
        return reader.word == "IF" ? nil : reader.name()
    }
}
