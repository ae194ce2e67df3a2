import Foundation
import SQLMigrations
import Synchronization

/// One command about migrations on each of its databases, several at the same time.
struct TargetRun {
    /// What the command does with one of them.
    struct Session {
        let target: MigrationTarget
        let database: any MigrationDatabase
        let messages: TargetMessages
        let report: MigrationReport

        func migrator(_ onEvent: @escaping (MigrationEvent) -> Void = { _ in }) -> Migrator {
            Migrator(database: database, files: target.files, tool: ToolVersion.commandLine) { event in
                onEvent(event)
                report.show(event)
            }
        }
    }

    let targets: [MigrationTarget]
    let connecting: TargetConnecting
    let jobs: Int
    let isJSON: Bool
    /// Set when the command works on databases and is to be stopped in good order.
    let interruption: Interruption?

    /// - Parameters:
    ///   - isInterruptible: whether signals are taken; then this comes before any other thread is made.
    ///   - checksLate: whether files that are applied already need not be checked.
    init(_ options: TargetOptions, isInterruptible: Bool = false, checksLate: Bool = false) throws {
        let given = try options.targets(checksLate: checksLate)
        interruption = isInterruptible ? try InterruptibleDatabase.makeInterruption() : nil
        // Read while the database is connected to, on a thread that has the signals blocked as all others have.
        for target in given where target.isCheckedLate { Thread.detachNewThread(target.files.read) }
        connecting = options.connecting
        targets = try connecting.resolve(given)
        jobs = options.jobs
        isJSON = options.output.isJSON
    }

    /// Runs a body for each database.
    ///
    /// The failure of one does not stop the others.
    ///
    /// - Parameter absentFile: what to do about a SQLite file that is not there.
    /// - Throws: what the body throws for the only database, or `TargetsFailed`.
    func forEach(absentFile: AbsentFile, _ body: @escaping @Sendable (Session) throws -> Void) throws {
        if let target = targets.first, targets.count == 1 {
            return try run(target, absentFile: absentFile, isAlone: true, body)
        }
        let failures = Mutex<[TargetsFailed.Failure]>([])
        let next = Mutex(0)
        let workers = DispatchGroup()
        for _ in 0..<min(jobs, targets.count) {
            workers.enter()
            Thread.detachNewThread { [self] in
                defer { workers.leave() }
                while let target = take(next) {
                    do {
                        try run(target, absentFile: absentFile, isAlone: false, body)
                    } catch {
                        TargetMessages(name: target.name).note(ErrorText.text(of: error))
                        failures.withLock { $0.append(TargetsFailed.Failure(name: target.name ?? "", error: error)) }
                    }
                }
            }
        }
        workers.wait()
        try interruption?.check()
        let failed = failures.withLock { $0 }.sorted { $0.name < $1.name }
        if !failed.isEmpty { throw TargetsFailed(failures: failed, total: targets.count) }
    }

    private func take(_ next: borrowing Mutex<Int>) -> MigrationTarget? {
        next.withLock { index in
            defer { index += 1 }
            return index < targets.count && interruption?.error == nil ? targets[index] : nil
        }
    }

    private func run(
        _ target: MigrationTarget, absentFile: AbsentFile, isAlone: Bool, _ body: (Session) throws -> Void
    ) throws {
        do {
            try work(on: target, absentFile: absentFile, isAlone: isAlone, body)
        } catch {
            // A mistake in a file stays one, whatever the database says.
            if interruption?.error == nil { _ = try target.files.migrations() }
            throw error
        }
    }

    private func work(
        on target: MigrationTarget, absentFile: AbsentFile, isAlone: Bool, _ body: (Session) throws -> Void
    ) throws {
        let messages = TargetMessages(name: target.name, isJSON: isJSON)
        let connection = try connecting.open(target, absentFile: absentFile)
        func session(_ database: any MigrationDatabase) -> Session {
            Session(
                target: target, database: database, messages: messages,
                report: MigrationReport(interruption: isAlone ? interruption : nil, messages: messages))
        }
        guard let interruption else { return try body(session(connection)) }
        let database = InterruptibleDatabase(connection, interruption, isAlone: isAlone)
        try database.run { try body(session(database)) }
    }
}

/// Some of several databases could not be worked on; each failure has been told.
struct TargetsFailed: Error, CustomStringConvertible {
    struct Failure {
        let name: String
        let error: any Error
    }

    let failures: [Failure]
    let total: Int

    var description: String {
        "\(failures.count) of \(total) failed: \(failures.map(\.name).joined(separator: ", "))"
    }

    /// The code that all failures have, or else that of a migration that failed.
    var status: ExitStatus {
        let codes = Set(failures.map { ExitStatus($0.error) })
        return codes.count == 1 ? codes.first ?? .migrationFailed : .migrationFailed
    }
}
