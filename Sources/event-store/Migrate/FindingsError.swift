import SQLMigrations

/// What a check of migrations found, which is no failure of one.
struct FindingsError: Error, CustomStringConvertible {
    let problems: MigrationError

    init?(_ findings: [MigrationError]) {
        guard let problems = MigrationError(findings) else { return nil }
        self.problems = problems
    }

    var description: String { "\(problems)" }
}
