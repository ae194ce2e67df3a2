import ArgumentParser
import EventSourcing
import EventSourcingPostgres
import EventSourcingSQLite
import Foundation
import OrderSchema

/// Measures the stores and prints lines `system,workload,value`.
///
/// Synchronous stores are measured on the main thread, as a plain program uses them; asynchronous ones in a detached
/// task, because on the main actor every await would pay for a hop to another thread.
@main
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measure the stores; each figure is a line system,workload,value (per second).",
        discussion: """
            Build it for release. Every figure of a save fails unless the saves were synced to the disk.

            Example:
              benchmarks --sqlite /var/tmp --only W1,W4 --systems swift-sqlite,swift-sqlite-async
            """)

    @Option(help: ArgumentHelp("An existing folder on a disk, for databases that are removed.", valueName: "folder"))
    var sqlite: String?

    @Option(
        help: ArgumentHelp(
            "A PostgreSQL server, on which databases are created that are dropped again.", valueName: "conninfo"))
    var postgres: String?

    @Option(help: ArgumentHelp("How many saves W1 is; the size of everything else.", valueName: "saves"))
    var n = 3000

    @Option(
        help: ArgumentHelp("The workloads, with commas between them; all unless given.", valueName: "names"),
        transform: { try parseNames($0) })
    var only: [Workload] = Workload.allCases

    @Option(
        help: ArgumentHelp(
            "The systems, with commas between them; all that there is a place for unless given.", valueName: "names"),
        transform: { try parseNames($0) })
    var systems: [System] = []

    @Option(help: ArgumentHelp("CloudEvents, one a line, to be imported (W6c_import); or .gz.", valueName: "file"))
    var log: String?

    mutating func validate() throws {
        guard n >= 1 else { throw ValidationError("--n starts at 1") }
        for system in systems where !hasPlace(for: system) {
            throw ValidationError(
                "\(system.place == .folder ? "--sqlite FOLDER" : "--postgres CONNINFO") is needed for \(system.rawValue)"
            )
        }
        if let log, !FileManager.default.isReadableFile(atPath: log) {
            throw ValidationError("--log \(log): there is no such file")
        }
    }

    func run() throws {
        guard SQLiteLibrary.stopCountingMemory() else { throw BenchmarkError("SQLite counts the memory that it uses") }
        for system in systems.isEmpty ? System.allCases.filter(hasPlace) : systems { try measure(system) }
    }

    private func hasPlace(for system: System) -> Bool {
        switch system.place {
        case .memory: true
        case .folder: sqlite != nil
        case .server: postgres != nil
        }
    }

    private func measure(_ system: System) throws {
        let plan = Plan(saves: n, workloads: only)
        let report = Report(system: system)
        switch system.place {
        case .memory: try MemoryWorkloads(plan: plan, report: report).run()
        case .folder: try measure(system, in: sqlite ?? "", plan: plan, report: report)
        case .server: try measure(system, on: postgres ?? "", plan: plan, report: report)
        }
    }

    private func measure(_ system: System, on server: String, plan: Plan, report: Report) throws {
        let database = try ServerDatabase(for: system, on: server, report: report)
        defer { database.drop() }
        try runDetached {
            switch system {
            case .postgresTeam:
                let store = PostgresStore(
                    database.configuration, events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self)
                try await measure(store, orders: .team, plan: plan, report: report)
            case .postgresModule:
                let store = PostgresStore(
                    database.configuration, events: ReceiptEventsTable.self, snapshots: ReceiptSnapshotsTable.self)
                try await measure(store, orders: .standard, plan: plan, report: report)
            default:
                try await measure(
                    PostgresEventStore(database.configuration), orders: .standard, plan: plan, report: report)
            }
        }
    }

    private func measure<Columns>(
        _ store: PostgresStore<Columns>, orders: OrderEvents<Columns>, plan: Plan, report: Report
    ) async throws {
        try await store.initialize()
        try await AsynchronousWorkloads(store: store, orders: orders, plan: plan, report: report).run()
        await store.close()
    }

    private func measure(_ system: System, in parent: String, plan: Plan, report: Report) throws {
        let folder = try DatabaseFolder(for: system, in: parent)
        defer { folder.remove() }
        let path = folder.path("events.db")
        switch system {
        case .sqlite:
            try measure(SQLiteEventStore(path: path), orders: .standard, path: path, plan: plan, report: report)
            guard let log, plan.includes(.logImport) else { return }
            try LogImport(log: log, folder: folder, report: report).run()
        case .sqliteModule:
            let store = SQLiteStore(
                path: path, events: ReceiptEventsTable.self, snapshots: ReceiptSnapshotsTable.self)
            try measure(store, orders: .standard, path: path, plan: plan, report: report)
        case .sqliteTeam:
            let store = SQLiteStore(
                path: path, events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self)
            try measure(store, orders: .team, path: path, plan: plan, report: report)
        case .sqliteAsync:
            try runDetached {
                let store = SQLiteAsyncEventStore(path: path)
                try await store.initialize()
                try checkDurability(ofStoreAt: path, report: report)
                try await AsynchronousWorkloads(store: store, orders: .standard, plan: plan, report: report).run()
                await store.close()
            }
        case .memory, .postgres, .postgresModule, .postgresTeam: break
        }
    }

    private func measure<Columns>(
        _ store: SQLiteStore<Columns>, orders: OrderEvents<Columns>, path: String, plan: Plan, report: Report
    ) throws {
        try store.initialize()
        defer { store.close() }
        try checkDurability(ofStoreAt: path, report: report)
        try SynchronousWorkloads(store: store, orders: orders, plan: plan, report: report).run()
    }
}

/// Reads names with commas between them.
private func parseNames<Name: ExpressibleByArgument & CaseIterable & RawRepresentable<String>>(
    _ text: String
) throws -> [Name] {
    try text.split(separator: ",").map { word in
        guard let name = Name(rawValue: String(word)) else {
            let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(word)' is none of \(known)")
        }
        return name
    }
}
