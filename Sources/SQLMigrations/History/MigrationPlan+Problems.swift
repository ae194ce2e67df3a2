import SQLSchema

extension MigrationPlan {
    static func problem(
        with row: MigrationStatus, allowingOutOfOrder outOfOrder: Set<Int64>
    ) -> MigrationError? {
        switch (row.state, row.migration, row.record) {
        case (.edited, let migration?, let record?): .edited(migration, record)
        case (.missing, _, let record?): .missing(record)
        case (.outOfOrder, let migration?, _) where !outOfOrder.contains(row.version): .outOfOrder(migration)
        case (.running, let migration?, let record?): .undecided(migration.up, of: migration, record)
        case (.undoing, let migration?, _): .unfinishedUndo(migration)
        default: nil
        }
    }
}

extension MigrationError {
    static func edited(_ migration: Migration, _ record: MigrationRecord) -> MigrationError {
        let progress =
            record.state == .applied ? "" : ", up to statement \(record.statementsDone) of \(record.statements)"
        return MigrationError(
            .edited,
            "version \(record.version) was edited after it was applied on \(MigrationClock.text(record.startedAt))\(progress)"
                + "; restore the file and write a new migration"
                + ", or accept the new text with `migrate repair --accept \(record.version)`",
            location: migration.start)
    }

    static func missing(_ record: MigrationRecord) -> MigrationError {
        MigrationError(
            .missing,
            "\(record.name): version \(record.version) was applied on \(MigrationClock.text(record.startedAt)), but its file is "
                + "missing; restore it")
    }

    static func outOfOrder(_ migration: Migration) -> MigrationError {
        MigrationError(
            .outOfOrder,
            "version \(migration.version) is not applied, but a higher version is; give the file a higher version, or "
                + "allow it with `--allow-out-of-order \(migration.version)`", location: migration.start)
    }

    /// The error for a statement that may or may not have run when its process stopped; nil when that can be known.
    static func undecided(
        _ section: MigrationSection, of migration: Migration, _ record: MigrationRecord
    ) -> MigrationError? {
        let done = record.statementsDone
        // A failure that was recorded is a statement that is known not to have run.
        guard record.error == nil, section.statements.indices.contains(done),
            section.statements[done].placement(in: migration.dialect) == .outside
        else { return nil }
        let statement = section.statements[done]
        // The catalog shows what became of an index.
        guard migration.dialect != .postgres || ConcurrentIndex(statement) == nil else { return nil }
        let version = record.version
        return migration.source.error(
            .undecided,
            "it cannot be known whether this statement (\(done + 1) of \(section.statements.count)) ran when the "
                + "migration of \(MigrationClock.text(record.startedAt)) stopped, or whether another process is running it now; "
                + "look at the database: if it ran, `migrate repair --version \(version) --done \(done + 1)`, if not, "
                + "`migrate repair --version \(version) --done \(done)`",
            at: statement.offset)
    }

    static func unfinishedUndo(_ migration: Migration) -> MigrationError {
        MigrationError(
            .unfinished, "version \(migration.version) is half undone; finish it with `migrate down`",
            location: migration.down?.location ?? migration.start)
    }
}

extension Migration {
    /// The place for an error about the file as a whole.
    var start: FileLocation { FileLocation(file: path, line: 1, column: 1) }
}
