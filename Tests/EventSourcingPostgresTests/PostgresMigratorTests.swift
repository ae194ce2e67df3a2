import EventSourcingPostgres
import SQLMigrations
import SQLSchema
import TestSupport
import Testing

@Suite("The migrator of PostgreSQL")
struct PostgresMigratorTests {
    private static let texts = [
        "-- migrate:up\nCREATE TABLE a (id bigint);\n-- migrate:down\nDROP TABLE a;\n",
        "-- migrate:up\nCREATE TABLE b (id bigint);\n-- migrate:down\nDROP TABLE b;\n",
    ]

    private let database: PostgresTestDatabase

    init() async throws {
        database = try await PostgresTestDatabase()
    }

    private func migrator(
        _ texts: [String] = texts, options: PostgresMigrationOptions = PostgresMigrationOptions(),
        report: @escaping @Sendable (MigrationEvent) -> Void = { _ in }
    ) throws -> PostgresMigrator {
        let migrations = try texts.enumerated().map { index, text in
            try Migration(path: "\(index + 1)_x.sql", bytes: Array(text.utf8), dialect: .postgres)
        }
        return PostgresMigrator(database.configuration, migrations: migrations, options: options, report: report)
    }

    private func tables() async throws -> [String] {
        let connection = try await PostgresAsyncConnection.connect(database.configuration)
        let names = try await connection.run { connection in
            try connection.prepare(
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE tablename IN ('a', 'b') ORDER BY 1"
            ).all { try $0.string(at: 0) }
        }
        await connection.close()
        return names
    }

    @Test("applies, tells, finds, plans and undoes")
    func whole() async throws {
        let events = Recorder<MigrationEvent>()
        let migrator = try migrator { events.append($0) }
        #expect(try await migrator.findings().map(\.code) == [.pending, .pending])
        #expect(
            try await migrator.plan().statements.map(\.statement.text) == [
                "CREATE TABLE a (id bigint)", "CREATE TABLE b (id bigint)",
            ])
        #expect(try await migrator.tryUp().map(\.version) == [1, 2])
        #expect(try await tables().isEmpty)
        try await migrator.up(to: 1)
        try await migrator.up()
        #expect(try await migrator.findings().isEmpty)
        #expect(try await migrator.status().map(\.state) == [.applied, .applied])
        #expect(try await migrator.status().allSatisfy { $0.record?.tool == Migrator.defaultTool })
        #expect(try await tables() == ["public.a", "public.b"])
        try await migrator.down(.after(0))
        #expect(try await tables().isEmpty)
        #expect(events.values.count { if case .applied = $0 { true } else { false } } == 2)
    }

    @Test("keeps to the schema that it is given, the history included")
    func schema() async throws {
        let migrator = try migrator(options: .schema("tenant"))
        try await migrator.up()
        #expect(try await tables() == ["tenant.a", "tenant.b"])
        #expect(try await self.migrator().status().map(\.state) == [.pending, .pending])
    }

    @Test("stops the statement at the server when its task is cancelled, and keeps nothing of the file")
    func cancelled() async throws {
        let began = Recorder<MigrationEvent>()
        let migrator = try migrator(["-- migrate:up\nCREATE TABLE a (id bigint);\nSELECT pg_sleep(900);\n"]) {
            began.append($0)
        }
        let task = Task { try await migrator.up() }
        while began.values.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(try await tables().isEmpty)
    }
}
