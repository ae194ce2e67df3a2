import EventSourcingPostgres
import TestSupport
import Testing

@Suite("Connections through a transaction pooler")
actor TransactionPoolerTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let configuration: PostgresConfiguration

    init() async throws {
        configuration = try await TestPooler.shared.value.database()
    }

    @Test("run their statements on whatever connection they get")
    func statements() throws {
        let clients = try (0..<4).map { _ in try PostgresConnection(configuration) }
        try clients[0].execute("CREATE TYPE region AS ENUM ('north', 'south')")
        try clients[0].execute("CREATE TABLE t (a int, r region, at timestamptz)")
        // One connection of the two is always taken, and not always the same, so that the rest share now one, now the other.
        var processes: Set<Int64> = []
        try clients[0].begin()
        try clients[0].execute("SELECT 1")
        for round in 0..<6 {
            for client in clients[2...] {
                let insert = try client.prepare("INSERT INTO t VALUES ($1, $2, $3) RETURNING pg_backend_pid()")
                var parameters = insert.parameters()
                try parameters.write(Int64(round), at: 0)
                try parameters.write("south", at: 1)
                try parameters.write(Instant(microsecondsSince1970: 7), at: 2)
                processes.formUnion(try insert.all { try $0.int64(at: 0) })
            }
            try clients[(round + 1) % 2].begin()
            try clients[(round + 1) % 2].execute("SELECT 1")
            try clients[round % 2].commit()
        }
        try clients[0].commit()
        #expect(processes.count == 2)
        let rows = try clients[2].prepare("SELECT a, r, at FROM t ORDER BY a").all { row in
            (try row.int64(at: 0), try row.string(at: 1), try row.instant(at: 2).microsecondsSince1970)
        }
        #expect(rows.map(\.0) == (0..<6).flatMap { [$0, $0] })
        #expect(rows.allSatisfy { $0.1 == "south" && $0.2 == 7 })
        #expect(
            try clients[2].prepare("SELECT count(*) FROM pg_prepared_statements").first { try $0.int64(at: 0) } == 0)
    }

    @Test("have transactions, pipelines and COPY")
    func transactions() throws {
        let connection = try PostgresConnection(configuration)
        try connection.execute("CREATE TABLE t (a int PRIMARY KEY)")
        let insert = try connection.prepare("INSERT INTO t VALUES ($1)")
        func add(_ numbers: [Int64], to pipeline: inout PostgresPipeline) throws {
            for number in numbers {
                var parameters = insert.parameters()
                try parameters.write(number, at: 0)
                try pipeline.run(insert)
            }
        }
        #expect(throws: DatabaseError.self) { try connection.pipeline { try add([1, 2, 1], to: &$0) } }
        _ = try connection.pipeline { try add([1, 2], to: &$0) }
        #expect(try connection.pipelineEach { try add([2, 3], to: &$0) }.count == 2)
        try connection.withTransaction {
            try connection.copy(into: RelationName("t"), columns: ["a"]) { copy in
                try copy.write(Int64(4), at: 0)
                try copy.endRow()
            }
            try connection.withSavepoint { try connection.execute("INSERT INTO t VALUES (5)") }
        }
        let numbers = try connection.prepare("SELECT a FROM t ORDER BY a").all { try $0.int64(at: 0) }
        #expect(numbers == [1, 2, 3, 4, 5])
        #expect(try connection.catalog().tables.map(\.name.name) == ["t"])
    }

    @Test("notice that a table has changed since a statement was described")
    func changes() throws {
        let connection = try PostgresConnection(configuration)
        try connection.execute("CREATE TABLE t (a int)")
        try connection.execute("INSERT INTO t VALUES (1)")
        let statement = try connection.prepare("SELECT a FROM t")
        #expect(try statement.first { try $0.int64(at: 0) } == 1)
        try connection.execute("ALTER TABLE t ALTER a TYPE text")
        #expect { try statement.first { try $0.int64(at: 0) } } throws: { "\($0)".contains("have changed") }
        #expect(try statement.first { try $0.string(at: 0) } == "1")
    }

    @Test("are found out by migrations although nobody has said so, and refused")
    func unannounced() throws {
        var unannounced = configuration
        unannounced.usesTransactionPooler = false
        let connection = try PostgresConnection(unannounced)
        #expect { try connection.withMigrationLock {} } throws: { "\($0)".contains("connect to the server itself") }
        // One that is in use may give ours another process in the meantime, which says the same.
        let others = try (0..<2).map { _ in try PostgresConnection(unannounced) }
        try others[0].begin()
        try others[0].execute("SELECT 1")
        #expect(throws: DatabaseError.self) { try connection.refuseTransactionPooler() }
    }

    @Test("are no obstacle to migrations when each session keeps its own")
    func sessions() async throws {
        let connection = try PostgresConnection(try await TestPooler.shared.value.sessions)
        #expect(try connection.withMigrationLock { true })
    }

    @Test("are lent by a pool, many more of them than the pooler has, and cancelled")
    func pool() async throws {
        let pool = PostgresPool(configuration, options: PostgresPoolOptions(minimum: 0, maximum: 8))
        try pool.start()
        try await pool.run { try $0.execute("CREATE TABLE t (a int)") }
        try await withThrowingTaskGroup { group in
            for number in 0..<100 {
                group.addTask {
                    try await pool.run { connection in
                        let insert = try connection.prepare("INSERT INTO t VALUES ($1)")
                        var parameters = insert.parameters()
                        try parameters.write(Int64(number), at: 0)
                        try insert.run()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await pool.run { try $0.prepare("SELECT count(*) FROM t").first { try $0.int64(at: 0) } } == 100)
        let task = Task { try await pool.run { try $0.execute("SELECT pg_sleep(900)") } }
        while pool.status.lent == 0 { try await Task.sleep(for: .milliseconds(5)) }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(600))
        await pool.close()
    }
}
