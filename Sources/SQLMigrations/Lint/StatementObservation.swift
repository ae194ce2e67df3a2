package import SQLSchema

/// What a statement did to a database, as the database itself tells it.
package struct StatementObservation: Hashable, Sendable {
    /// What was done to one table; partitions count as the table that they belong to.
    package struct Effect: Hashable, Sendable {
        /// The strongest lock that is held on the table after the statement; nil when none is, or it is not known.
        package var lock: TableLock?
        /// The strongest lock that was held before.
        package var earlierLock: TableLock?
        /// Whether its rows were written into a new file.
        package var isRewritten = false
        /// Whether it had rows, and has none.
        package var isEmptied = false
        /// How often all rows were read.
        package var scans = 0
        package var inserted = 0
        package var updated = 0
        package var deleted = 0
        /// Whether it is no longer logged.
        package var becameUnlogged = false
        /// Whether what numbers its rows begins at an earlier number.
        package var isPositionSetBack = false

        package init() {}

        /// Whether others wait with writes.
        var blocksWrites: Bool { lock?.blocksWrites == true }

        /// Whether the statement took a lock that it did not have, or a stronger one.
        package var tookLock: Bool {
            guard let lock else { return false }
            return earlierLock.map { lock > $0 } ?? true
        }
    }

    /// What was done to each table, by its name before the statement.
    package var effects: [RelationName: Effect]
    /// The tables that are called otherwise since.
    package var renamed: [RelationName: RelationName]
    /// What the database had before the statement.
    package var before: Catalog
    /// What it has since.
    package var after: Catalog
    /// Why the statement was refused.
    package var error: DatabaseError?
    /// Whether nothing ends a wait for a lock; false where that cannot be.
    package var waitsForever: Bool

    package init(
        before: Catalog, after: Catalog, effects: [RelationName: Effect] = [:],
        renamed: [RelationName: RelationName] = [:], error: DatabaseError? = nil, waitsForever: Bool = false
    ) {
        self.before = before
        self.after = after
        self.effects = effects
        self.renamed = renamed
        self.error = error
        self.waitsForever = waitsForever
    }
}
