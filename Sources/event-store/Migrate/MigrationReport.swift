import Foundation
import SQLMigrations

/// What a person sees of a migration at work.
struct MigrationReport {
    let interruption: Interruption

    func show(_ event: MigrationEvent) {
        switch event {
        case .applying(let migration, let done) where done > 0:
            say("applying \(migration.name), from statement \(done + 1)")
        case .applying(let migration, _): say("applying \(migration.name)")
        case .applied(let record): say("applied  \(record.name) in \(Self.milliseconds(record.duration))")
        case .undoing(let migration, _): say("undoing  \(migration.name)")
        case .undone(let record): say("undone   \(record.name)")
        case .rolledBack(let migration): StandardError.write("\(migration.name) \(outcome); nothing of it remains")
        case .stopped(let migration, let done):
            let remains = done == 1 ? "its first statement remains" : "its first \(done) statements remain"
            StandardError.write("\(migration.name) \(outcome); \(done == 0 ? "nothing of it remains" : remains)")
        }
    }

    private var outcome: String { interruption.error == nil ? "failed" : "was stopped" }

    /// Says it at once, so that it is said when the process is ended.
    private func say(_ line: String) {
        interruption.busy {
            print(line)
            fflush(nil)
        }
    }

    static func milliseconds(_ microseconds: Int64?) -> String {
        microseconds.map { "\(Double($0 / 10) / 100) ms" } ?? "-"
    }
}
