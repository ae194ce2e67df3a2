import SQLMigrations

/// What a person sees of a migration at work.
enum MigrationReport {
    static func show(_ event: MigrationEvent) {
        switch event {
        case .applying(let migration, let done) where done > 0:
            print("applying \(migration.name), from statement \(done + 1)")
        case .applying(let migration, _): print("applying \(migration.name)")
        case .applied(let record): print("applied  \(record.name) in \(milliseconds(record.duration))")
        case .undoing(let migration, _): print("undoing  \(migration.name)")
        case .undone(let record): print("undone   \(record.name)")
        case .rolledBack(let migration): StandardError.write("\(migration.name) failed; nothing of it remains")
        case .stopped(let migration, let done):
            let remains = done == 1 ? "its first statement remains" : "its first \(done) statements remain"
            StandardError.write("\(migration.name) failed; \(done == 0 ? "nothing of it remains" : remains)")
        }
    }

    static func milliseconds(_ microseconds: Int64?) -> String {
        microseconds.map { "\(Double($0 / 10) / 100) ms" } ?? "-"
    }
}
