import SQLSchema

/// One migration that is tried, statement by statement.
struct LintRun {
    private let migration: Migration
    private let shadow: any ShadowDatabase
    private let before: Catalog
    /// The tables that were there before the migration, by what they are called by now.
    private var existing: Set<RelationName>
    /// Those of them that are in use.
    private(set) var inUse: Set<RelationName>
    /// The names before the migration of tables that are called otherwise by now.
    private var renamed: [RelationName: RelationName] = [:]
    private var namesInUse: Set<RelationName>
    private var found: [Found] = []

    private struct Found {
        let statement: Int
        let finding: LintFinding
        /// Whether it is about what the database has afterwards, and not about what the statement did on the way.
        let isOfCatalog: Bool
    }

    /// What was found, with the number of its statement.
    var findings: [(statement: Int, finding: LintFinding)] { found.map { ($0.statement, $0.finding) } }

    init(_ migration: Migration, on shadow: any ShadowDatabase, catalog: Catalog, inUse: Set<RelationName>) {
        self.migration = migration
        self.shadow = shadow
        before = catalog
        existing = Set(catalog.tables.map(\.name))
        self.inUse = inUse
        namesInUse = inUse
    }

    /// Whether programs use what a finding is about.
    func isInUse(_ finding: LintFinding) -> Bool {
        finding.table.map { namesInUse.contains($0) } ?? !namesInUse.isEmpty
    }

    /// Applies the migration to the shadow.
    mutating func run() throws {
        let statements = migration.up.statements
        if migration.up.isTransactional {
            try shadow.begin()
            do {
                for index in statements.indices { try run(statements[index], at: index) }
                try commit()
            } catch {
                try? shadow.rollback()
                throw error
            }
            try keepWhatRemains()
        } else {
            for index in statements.indices {
                guard statements[index].placement(in: migration.dialect) == .transaction else {
                    try run(statements[index], at: index)
                    continue
                }
                try shadow.begin()
                do {
                    try run(statements[index], at: index)
                    try commit()
                } catch {
                    try? shadow.rollback()
                    throw error
                }
            }
        }
    }

    /// What a deferred constraint finds is found here.
    private func commit() throws {
        do {
            try shadow.commit()
        } catch let error as DatabaseError {
            throw MigrationError(
                .statementFailed, "the transaction of this section failed: \(error.message) (\(error.engineCode))",
                location: migration.up.location, databaseError: error)
        }
    }

    private mutating func run(_ statement: SQLStatement, at index: Int) throws {
        var observation = try shadow.observe(statement)
        judge(observation, of: statement, at: index)
        guard let error = observation.error else { return }
        switch error.code {
        case .refusedByTrigger: return
        case .uniqueViolation, .constraintViolation:
            // The rows of the shadow stand in the way; the rest of the file is judged without them.
            try shadow.clear()
            observation = try shadow.observe(statement)
            if let error = observation.error { throw failure(error, of: statement) }
            judge(observation, of: statement, at: index)
        default:
            // What cannot run in a transaction was found; nothing else in the file can depend on what it is.
            guard error.isAboutTransaction, migration.up.isTransactional else { throw failure(error, of: statement) }
        }
    }

    private mutating func judge(_ observation: StatementObservation, of statement: SQLStatement, at index: Int) {
        let rules = LintRules(of: observation, existing: existing, dialect: migration.dialect)
        let new =
            rules.ofCatalog.map { Found(statement: index, finding: $0.at(statement), isOfCatalog: true) }
            + rules.ofEffects.map { Found(statement: index, finding: $0.at(statement), isOfCatalog: false) }
        // A statement that was tried a second time, without rows, is not blamed twice.
        found += new.filter { entry in !found.contains { $0.statement == index && $0.finding == entry.finding } }
        for (old, new) in observation.renamed {
            if existing.remove(old) != nil { existing.insert(new) }
            if inUse.remove(old) != nil {
                inUse.insert(new)
                namesInUse.insert(new)
            }
            let original = renamed.first { $0.value == old }?.key ?? old
            renamed[original] = new
        }
        let gone = existing.filter { observation.after.table($0) == nil }
        existing.subtract(gone)
        inUse.subtract(gone)
    }

    /// What a transaction took away and put back was never gone; what it did not put back is told where it went.
    private mutating func keepWhatRemains() throws {
        let statements = migration.up.statements
        let remaining = CatalogRules(
            dialect: migration.dialect, before: before, after: try shadow.catalog(), renamed: renamed,
            existing: Set(before.tables.map(\.name))
        ).findings
        let passing = found.filter { entry in entry.isOfCatalog && !remaining.contains { $0.isSame(as: entry.finding) }
        }
        let untold = remaining.filter { finding in !found.contains { $0.finding.isSame(as: finding) } }
        found.removeAll { entry in entry.isOfCatalog && !remaining.contains { $0.isSame(as: entry.finding) } }
        for finding in untold {
            let index = passing.first { $0.finding.table == finding.table }?.statement ?? statements.count - 1
            found.append(Found(statement: index, finding: finding.at(statements[index]), isOfCatalog: true))
        }
    }

    /// The place of a statement that fails whatever the rows are.
    private func failure(_ error: DatabaseError, of statement: SQLStatement) -> MigrationError {
        let offset = min(max(error.offset ?? 0, 0), statement.text.utf8.count)
        var failure = migration.source.error(
            .statementFailed, "\(error.message) (\(error.engineCode))", at: statement.offset + offset)
        failure.databaseError = error
        return failure
    }
}

extension DatabaseError {
    /// Whether the statement is refused because of the transaction that it is in (SQLSTATE 25001).
    var isAboutTransaction: Bool { engineCode == "25001" }
}
