import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

/// What a test of the tool on PostgreSQL has: a folder, the tool, and an empty database that is looked at without it.
struct PostgresWorkplace {
    let place: Workplace
    let database: PostgresTestDatabase
    let connection: PostgresAsyncConnection

    init() async throws {
        place = try Workplace()
        database = try await PostgresTestDatabase()
        connection = try await PostgresAsyncConnection.connect(database.configuration)
    }

    /// The URL of the database; a parameter of a URL wins over its path.
    var url: String {
        let server = database.configuration.url
        return "\(server)\(server.contains("?") ? "&" : "?")dbname=\(database.name)"
    }

    /// The URL of the database where others can be created.
    var serverURL: String { database.configuration.url }

    func write(_ name: String, _ text: String) throws {
        try place.folder.write(text, to: "migrations/postgres/\(name).sql")
    }

    /// Runs a command on the database, and expects an exit code.
    @discardableResult
    func run(
        _ arguments: String..., input: Data? = nil, exits exitCode: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> CommandLineTool.Outcome {
        let outcome = try await place.tool.run(
            arguments + ["--database", url], standardInput: input, sourceLocation: sourceLocation)
        #expect(
            !outcome.wasKilled && outcome.exitCode == exitCode, "\(arguments) should exit with \(exitCode): \(outcome)",
            sourceLocation: sourceLocation)
        return outcome
    }

    func start(_ arguments: String...) throws -> RunningTool {
        try RunningTool(place.tool, arguments + ["--database", url])
    }

    func execute(_ sql: String) async throws {
        try await connection.run { try $0.execute(sql) }
    }

    /// The one text column of a query.
    func texts(_ sql: String) async throws -> [String] {
        try await connection.run { try $0.prepare(sql).all { try $0.string(at: 0) } }
    }

    /// Waits until a query has a row.
    func eventually(
        _ what: String, _ sql: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(200) {
            if try await !texts(sql).isEmpty { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it never happened that \(what)", sourceLocation: sourceLocation)
    }
}
