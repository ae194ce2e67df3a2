import EventSourcingPostgres
import TestSupport
import Testing

@Suite("A pipeline of statements")
actor PostgresPipelineTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try PostgresConnection(database.configuration)
        try connection.execute("CREATE TABLE t (a int PRIMARY KEY)")
    }

    private func count() throws -> Int64? {
        try connection.prepare("SELECT count(*) FROM t").first { try $0.int64(at: 0) }
    }

    private static func add(_ numbers: [Int64], to pipeline: inout PostgresPipeline, _ insert: PostgresStatement) throws
    {
        for number in numbers {
            var parameters = insert.parameters()
            try parameters.write(number, at: 0)
            try pipeline.run(insert)
        }
    }

    @Test("returns the result of each, and takes one statement with several values")
    func results() throws {
        let insert = try connection.prepare("INSERT INTO t VALUES ($1) RETURNING a * 10")
        let select = try connection.prepare("SELECT count(*) FROM t")
        let results = try connection.pipeline { pipeline in
            try Self.add([1, 2, 3], to: &pipeline, insert)
            try pipeline.run(select)
        }
        #expect(try results.map { try $0.first { try $0.int64(at: 0) } } == [10, 20, 30, 3])
        #expect(try connection.pipeline { _ in }.isEmpty)
        #expect(try connection.pipelineEach { _ in }.isEmpty)
        #expect(connection.isReusable)
    }

    @Test("keeps nothing when a statement fails")
    func allOrNothing() throws {
        let insert = try connection.prepare("INSERT INTO t VALUES ($1)")
        let error = try #require(throws: DatabaseError.self) {
            try connection.pipeline { try Self.add([1, 2, 1, 3], to: &$0, insert) }
        }
        #expect(error.code == .uniqueViolation && error.sql == insert.sql)
        #expect(try count() == 0)
        // Also within a transaction that the pipeline itself begins, which is then over.
        let (begin, commit) = (try connection.prepare("BEGIN"), try connection.prepare("COMMIT"))
        #expect(throws: DatabaseError.self) {
            try connection.pipeline { pipeline in
                try pipeline.run(begin)
                try Self.add([1, 1], to: &pipeline, insert)
                try pipeline.run(commit)
            }
        }
        #expect(connection.isReusable)
        #expect(try count() == 0)
        _ = try connection.pipeline { pipeline in
            try pipeline.run(begin)
            try Self.add([1, 2], to: &pipeline, insert)
            try pipeline.run(commit)
        }
        #expect(connection.isReusable)
        #expect(try count() == 2)
    }

    @Test("keeps nothing when the closure throws, and the connection goes on")
    func throwing() throws {
        struct Reason: Error {}
        let insert = try connection.prepare("INSERT INTO t VALUES ($1)")
        let begin = try connection.prepare("BEGIN")
        for numbers in [[], [1], [1, 2]] as [[Int64]] {
            #expect(throws: Reason.self) {
                try connection.pipeline { pipeline in
                    try Self.add(numbers, to: &pipeline, insert)
                    throw Reason()
                }
            }
            #expect(throws: Reason.self) {
                try connection.pipeline { pipeline in
                    try pipeline.run(begin)
                    try Self.add(numbers, to: &pipeline, insert)
                    throw Reason()
                }
            }
            #expect(connection.isReusable)
            #expect(try count() == 0)
        }
        #expect(throws: Reason.self) {
            try connection.pipelineEach { pipeline in
                try Self.add([1, 1, 2, 3], to: &pipeline, insert)
                throw Reason()
            }
        }
        #expect(connection.isReusable)
        #expect(try connection.prepare("SELECT a FROM t ORDER BY a").all { try $0.int64(at: 0) } == [1, 2])
    }

    @Test("keeps what did not fail when each statement stands alone")
    func separately() throws {
        let insert = try connection.prepare("INSERT INTO t VALUES ($1)")
        let outcomes = try connection.pipelineEach { try Self.add([1, 2, 1, 3], to: &$0, insert) }
        let codes = outcomes.map { outcome -> DatabaseError.Code? in
            guard case .failure(let error) = outcome else { return nil }
            return (error as? DatabaseError)?.code
        }
        #expect(codes == [nil, nil, .uniqueViolation, nil])
        #expect(try count() == 3)
    }

    @Test("prepares a statement again that the cache has dropped")
    func dropped() throws {
        var configuration = database.configuration
        configuration.statementCapacity = 1
        let connection = try PostgresConnection(configuration)
        let insert = try connection.prepare("INSERT INTO t VALUES ($1)")
        try connection.prepare("SELECT 1").run()
        for number in 1...3 {
            _ = try connection.pipeline { try Self.add([Int64(number)], to: &$0, insert) }
        }
        #expect(try count() == 3)
    }

    @Test("does not block when both sides have much to say")
    func large() throws {
        let echo = try connection.prepare("SELECT $1::text")
        let text = String(repeating: "x", count: 1_000_000)
        let results = try connection.pipeline { pipeline in
            for _ in 0..<40 {
                var parameters = echo.parameters()
                try parameters.write(text, at: 0)
                try pipeline.run(echo)
            }
        }
        #expect(results.count == 40)
        #expect(try results.allSatisfy { try $0.first { try $0.string(at: 0) } == text })
    }

    @Test("says that nothing is known when the connection breaks in the middle")
    func loss() throws {
        let insert = try connection.prepare("INSERT INTO t VALUES ($1)")
        let end = try connection.prepare("SELECT pg_terminate_backend(pg_backend_pid())")
        func add(_ number: Int64, to pipeline: inout PostgresPipeline) throws {
            var parameters = insert.parameters()
            try parameters.write(number, at: 0)
            try pipeline.run(insert)
        }
        let outcomes = try connection.pipelineEach { pipeline in
            try add(1, to: &pipeline)
            try pipeline.run(end)
            try add(2, to: &pipeline)
        }
        #expect(outcomes.count == 3)
        #expect(throws: Never.self) { try outcomes[0].get() }
        for outcome in outcomes.dropFirst() {
            let error = try #require(throws: DatabaseError.self) { try outcome.get() }
            #expect(error.code == .connectionLost && error.isOutcomeUnknown)
        }
        #expect(!connection.isReusable)
        #expect(throws: DatabaseError.self) { try connection.pipeline { try $0.run(insert) } }
    }
}
