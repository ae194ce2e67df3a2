import Foundation
import JSONText
import SQLMigrations

/// What a person or a program sees of a migration at work.
struct MigrationReport {
    /// What is to be told of a signal, and takes it; nil when there are others at work, or none is taken.
    let interruption: Interruption?
    let messages: TargetMessages

    func show(_ event: MigrationEvent) {
        switch event {
        case .applying(let migration, let done):
            say("applying \(migration.name)" + (done > 0 ? ", from statement \(done + 1)" : ""))
        case .applied(let record):
            say("applied  \(record.name) in \(Self.milliseconds(record.duration))")
            sayObject("applied", record)
        case .undoing(let migration, _):
            say("undoing  \(migration.name)")
        case .undone(let record):
            say("undone   \(record.name)")
            sayObject("undone", record)
        case .rolledBack(let migration):
            messages.note("\(migration.name) \(outcome); nothing of it remains")
        case .stopped(let migration, let done):
            let remains = done == 1 ? "its first statement remains" : "its first \(done) statements remain"
            messages.note("\(migration.name) \(outcome); \(done == 0 ? "nothing of it remains" : remains)")
        case .retrying(let migration, let attempt, let holder):
            messages.note(
                "\(migration.name) did not get a lock in time, and lets others go first (attempt \(attempt))"
                    + (holder.map { "; \($0)" } ?? ""))
        case .cleaningUp(let migration, let remains):
            messages.note("\(migration.name): \(remains), left by an earlier attempt; it is removed")
        case .notTried(_, let statement):
            messages.note("\(statement.location): not tried, because it cannot be rolled back")
        }
    }

    private var outcome: String { interruption?.error == nil ? "failed" : "was stopped" }

    /// Says it at once, so that it is said when the process is ended.
    private func say(_ line: String) {
        atOnce { messages.say(line) }
    }

    private func sayObject(_ event: String, _ record: MigrationRecord) {
        atOnce {
            messages.object { writer in
                writer.member("event", event)
                writer.member("version", record.version)
                writer.member("name", record.name)
                if event == "applied", let duration = record.duration { writer.member("microseconds", duration) }
            }
        }
    }

    private func atOnce(_ body: () -> Void) {
        func print() {
            body()
            fflush(nil)
        }
        if let interruption { interruption.busy(print) } else { print() }
    }

    static func milliseconds(_ microseconds: Int64?) -> String {
        microseconds.map { "\(Double($0 / 10) / 100) ms" } ?? "-"
    }
}
