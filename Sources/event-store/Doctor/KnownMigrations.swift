import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema
import StandardSchema

/// The migrations that a database is held against: those of the folder, or else what is known from elsewhere.
struct KnownMigrations {
    enum Origin: Equatable {
        case folder(String)
        case snapshot(String)
        case standard
    }

    let origin: Origin
    let migrations: [Migration]

    /// Reads the folder; without one, the snapshot, and without that, the standard migrations.
    ///
    /// - Throws: `MigrationError` with every problem of every file.
    init(for dialect: Dialect, options: MigrationOptions, snapshot: ProjectSnapshot?) throws {
        let folder = options.folder(for: dialect)
        if FileManager.default.fileExists(atPath: folder) {
            origin = .folder(folder)
            migrations = try options.load(dialect)
        } else if let snapshot, let part = snapshot.content.dialects[dialect] {
            origin = .snapshot(snapshot.path)
            migrations = try Migration.all(embedded: part.migrations, dialect: dialect)
        } else {
            origin = .standard
            migrations = try Migration.all(embedded: Schema.embedded.migrations[dialect] ?? [], dialect: dialect)
        }
    }

    init(origin: Origin, migrations: [Migration]) {
        self.origin = origin
        self.migrations = migrations
    }

    /// Where they are from, for people.
    var place: String {
        switch origin {
        case .folder(let path), .snapshot(let path): path
        case .standard: "the standard migrations"
        }
    }

    /// Holds them against the history of a database.
    func findings(history: [MigrationRecord]) -> [Finding] {
        let unknown = history.filter { record in !migrations.contains { $0.name == record.name } }
        if origin == .standard, !unknown.isEmpty {
            return [
                .warning(
                    .migrations,
                    "\(unknown.count) of \(history.count) applied migrations are not known here, such as "
                        + unknown[0].name,
                    advice: "run it in the folder of the project, or give --migrations FOLDER")
            ]
        }
        let plan = MigrationPlan(migrations: migrations, records: history)
        // A folder is complete; anything else may be that of an older build.
        let problems = if case .folder = origin { plan.problemsWithNewer } else { plan.problems }
        let blamed = Set(problems.compactMap(\.location?.file))
        let steps = plan.steps.filter { !blamed.contains($0.migration.path) }
        let findings =
            problems.map { Finding(problem: $0) } + steps.filter { $0.record != nil }.map(halfDone)
            + pending(steps.filter { $0.record == nil }.map(\.migration))
        let applied = history.filter { $0.state == .applied }.count
        let facts = [Finding.Fact.number("applied", applied)]
        return findings.isEmpty
            ? [.ok(.migrations, "\(applied) applied, none is pending (\(place))", facts: facts)] : findings
    }

    private func halfDone(_ step: MigrationPlan.Step) -> Finding {
        .problem(
            .migrations, "\(step.migration.name) stopped after statement \(step.statementsDone)",
            advice: "go on with: event-store migrate up")
    }

    private func pending(_ migrations: [Migration]) -> [Finding] {
        guard let first = migrations.first else { return [] }
        let isAppliedByHand = if case .folder = origin { true } else { false }
        return [
            .warning(
                .migrations, "\(migrations.count) pending, first \(first.name) (\(place))",
                advice: isAppliedByHand
                    ? "apply with: event-store migrate up" : "a store applies them when it is initialized",
                facts: [.list("pending", migrations.map(\.name))])
        ]
    }
}

extension Finding {
    /// A problem of a migration, with its place.
    init(problem: MigrationError) {
        self = .problem(
            .migrations, problem.location.map { "\($0): \(problem.message)" } ?? problem.message, advice: nil,
            facts: [.text("code", problem.code.rawValue)])
    }
}
