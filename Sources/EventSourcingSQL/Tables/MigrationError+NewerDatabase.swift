package import SQLMigrations

extension MigrationError {
    /// The error for a store on a database that has migrations which the program does not know.
    ///
    /// A program has no files that could be restored, so that the engine's own advice does not help.
    package static func newerDatabase(_ database: String, missing count: Int) -> MigrationError {
        MigrationError(
            .missing,
            "\(database): \(count) of the applied migrations are not among those that this program was built from; "
                + "start a newer build, or one that only verifies: initialize(migrations: .verify)")
    }
}
