import TestSupport

/// Keeps the databases that are made in a task until the task's part of a test is over.
final class TestDatabases: Sendable {
    @TaskLocal static var current = TestDatabases()

    private let databases = Recorder<PostgresTestDatabase>()

    func make() async throws -> PostgresTestDatabase {
        let database = try await PostgresTestDatabase()
        databases.append(database)
        return database
    }
}
