import EventSourcingPostgres
import TestSupport
import Testing

@Suite("A connection for asynchronous code")
struct PostgresAsyncConnectionTests {
    private let connection: PostgresAsyncConnection
    private let database: PostgresTestDatabase

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try await PostgresAsyncConnection.connect(database.configuration)
    }

    @Test("blocks no thread of the cooperative pool", .timeLimit(.minutes(5)))
    func blocking() async throws {
        // Many more wait than there are threads: if each kept one, nobody would be left to let them go on.
        let waiters = 16
        try await connection.run { try $0.execute("SELECT pg_advisory_lock(1)") }
        try await withThrowingTaskGroup { group in
            for _ in 0..<waiters {
                group.addTask { [configuration = database.configuration] in
                    let other = try await PostgresAsyncConnection.connect(configuration)
                    try await other.run { try $0.execute("SELECT pg_advisory_lock_shared(1)") }
                    await other.close()
                }
            }
            while try await connection.run({ try Self.waitingCount($0) }) != waiters {
                try await Task.sleep(for: .milliseconds(10))
            }
            try await connection.run { try $0.execute("SELECT pg_advisory_unlock(1)") }
            try await group.waitForAll()
        }
    }

    private static func waitingCount(_ connection: PostgresConnection) throws -> Int? {
        try connection.prepare(
            """
            SELECT count(*) FROM pg_locks
            WHERE locktype = 'advisory' AND NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        ).first { try $0.value(Int.self, at: 0) }
    }

    @Test("runs one closure at a time, and returns its value or its error")
    func oneAtATime() async throws {
        struct Reason: Error {}
        let gauge = Gauge()
        let numbers = try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    try await connection.run { connection in
                        gauge.enter()
                        defer { gauge.leave() }
                        return try connection.prepare("SELECT \(number)").first { try $0.value(Int.self, at: 0) }
                    }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(numbers == Set(0..<20))
        #expect(gauge.most == 1)
        await #expect(throws: Reason.self) { try await connection.run { _ in throw Reason() } }
    }

    @Test("asks the server to stop when the task is cancelled, and goes on with the next statement")
    func cancelling() async throws {
        for _ in 0..<5 {
            let gauge = Gauge()
            let start = ContinuousClock.now
            let task = Task {
                try await connection.run { connection in
                    gauge.enter()
                    try connection.execute("SELECT pg_sleep(900)")
                }
            }
            while gauge.now == 0 { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(ContinuousClock.now - start < .seconds(600))
            #expect(try await connection.run { try $0.prepare("SELECT 7").first { try $0.int64(at: 0) } } == 7)
        }
        #expect(await connection.isReusable)
    }

    @Test("hits no later statement with a cancellation that comes late")
    func lateCancelling() async throws {
        for round in 0..<50 {
            let task = Task {
                try await connection.run { try $0.prepare("SELECT \(round)::int").first { try $0.int64(at: 0) } }
            }
            if round % 2 == 0 { try await Task.sleep(for: .microseconds(round * 20)) }
            task.cancel()
            _ = await task.result
            // Nobody has cancelled this one.
            #expect(try await connection.run { try $0.prepare("SELECT 1").first { try $0.int64(at: 0) } } == 1)
        }
    }

    @Test("runs nothing for a task that is cancelled already, unless it is to run all the same")
    func cancelledBefore() async throws {
        let runs = Recorder<String>()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await connection.runUncancelled { _ in runs.append("uncancelled") }
            try await connection.run { _ in runs.append("cancelled") }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(runs.values == ["uncancelled"])
    }

    @Test("cannot be used after it is closed")
    func closed() async throws {
        await connection.close()
        #expect(await !connection.isReusable)
        await #expect {
            try await connection.run { _ in }
        } throws: { error in
            (error as? DatabaseError)?.code == .connectionLost && (error as? DatabaseError)?.isOutcomeUnknown == false
        }
    }
}
