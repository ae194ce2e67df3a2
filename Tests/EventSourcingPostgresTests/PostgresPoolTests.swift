import EventSourcingPostgres
import TestSupport
import Testing

@Suite("A pool of connections")
struct PostgresPoolTests {
    private let database: PostgresTestDatabase

    init() async throws {
        database = try await PostgresTestDatabase()
    }

    private func pool(
        minimum: Int = 0, maximum: Int = 2, timeout: Duration = .seconds(30), idleTimeout: Duration = .seconds(600)
    ) throws -> PostgresPool {
        let pool = PostgresPool(
            database.configuration,
            options: PostgresPoolOptions(
                minimum: minimum, maximum: maximum, timeout: timeout, idleTimeout: idleTimeout))
        try pool.start()
        return pool
    }

    /// Waits until something holds, for a minute at most.
    private func wait(until condition: () async throws -> Bool) async throws {
        for _ in 0..<6000 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come to that within a minute")
    }

    /// How many connections to the database the server knows of.
    private func serverCount() async throws -> Int {
        let connection = try await PostgresAsyncConnection.connect(database.configuration)
        let count = try await connection.run { connection in
            try connection.prepare(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                """
            ).first { try $0.value(Int.self, at: 0) }
        }
        await connection.close()
        return try #require(count)
    }

    @Test("loses no connection and no waiter when 200 tasks want 2 connections, and half of them are cancelled")
    func crowd() async throws {
        let pool = try pool(timeout: .milliseconds(100))
        let outcomes = Recorder<String>()
        let gauge = Gauge()
        // On a slow machine opening takes longer than the timeout, and is no part of this.
        try await wait {
            (try? await pool.withConnection { _ in try await pool.run { _ in } }) != nil
        }
        await withTaskGroup { group in
            for index in 0..<200 {
                group.addTask {
                    let task = Task {
                        try await pool.run { connection in
                            gauge.enter()
                            defer { gauge.leave() }
                            try connection.execute("SELECT pg_sleep(0.01)")
                        }
                    }
                    if index % 2 == 0 {
                        try? await Task.sleep(for: .milliseconds(index % 40))
                        task.cancel()
                    }
                    let outcome =
                        switch await task.result {
                        case .success: "done"
                        case .failure(let error as PostgresPoolError): error.code.rawValue
                        case .failure(is CancellationError): "cancelled"
                        case .failure(let error): "\(error)"
                        }
                    outcomes.append(outcome)
                }
            }
        }
        let counts = Dictionary(grouping: outcomes.values) { $0 }.mapValues(\.count)
        #expect(outcomes.values.count == 200)
        #expect(Set(counts.keys).isSubset(of: ["done", "timeout", "cancelled"]), "\(counts)")
        #expect((counts["cancelled"] ?? 0) > 0 && (counts["timeout"] ?? 0) > 0, "\(counts)")
        #expect(gauge.most <= 2)
        let status = pool.status
        #expect(status.lent == 0 && status.waiting == 0 && status.idle + status.opening + status.closing <= 2)
        // Both connections are still to be had at the same time.
        try await pool.withConnection { first in
            try await pool.withConnection { second in
                let (one, other) = (try await first.run { $0.processID }, try await second.run { $0.processID })
                #expect(one != other)
            }
        }
        await pool.close()
        let end = pool.status
        #expect(end.idle + end.lent + end.opening + end.closing + end.waiting == 0)
        try await wait { try await serverCount() == 0 }
    }

    @Test("says what it was doing when the time runs out")
    func timeout() async throws {
        let pool = try pool(maximum: 1, timeout: .seconds(2))
        try await wait { (try? await pool.run { _ in }) != nil }
        try await pool.withConnection { _ in
            let error = try await #require(throws: PostgresPoolError.self) { try await pool.run { _ in } }
            #expect(error.code == .timeout)
            #expect(error.status?.lent == 1)
            #expect("\(error)".contains("no connection became free within 2.0 seconds: 1 are in use"))
        }
        try await pool.run { try $0.execute("SELECT 1") }
        await pool.close()
    }

    @Test("cannot be used before it is started, after it is closed, or with options that contradict themselves")
    func lifeCycle() async throws {
        let pool = PostgresPool(database.configuration)
        func code(_ body: () async throws -> Void) async -> PostgresPoolError.Code? {
            await #expect(throws: PostgresPoolError.self) { try await body() }?.code
        }
        #expect(await code { try await pool.run { _ in } } == .notStarted)
        try pool.start()
        try pool.start()
        try await pool.run { _ in }
        await pool.close()
        await pool.close()
        #expect(await code { try await pool.run { _ in } } == .closed)
        #expect(await code { try pool.start() } == .closed)
        for options in [
            PostgresPoolOptions(minimum: 3, maximum: 2), PostgresPoolOptions(minimum: 0, maximum: 0),
            PostgresPoolOptions(minimum: -1), PostgresPoolOptions(timeout: .zero),
        ] {
            let pool = PostgresPool(database.configuration, options: options)
            #expect(await code { try pool.start() } == .invalidOptions)
        }
    }

    @Test("closes only after everything that is lent out has come back")
    func graceful() async throws {
        let pool = try pool()
        let order = Recorder<String>()
        let lent = Task {
            try await pool.run { connection in
                try connection.execute("SELECT pg_sleep(0.2)")
                order.append("given back")
            }
        }
        try await wait { pool.status.lent == 1 }
        await pool.close()
        order.append("closed")
        try await lent.value
        #expect(order.values == ["given back", "closed"])
    }

    @Test("lends no connection that was left in a transaction, or that the server has closed")
    func doubt() async throws {
        let pool = try pool(minimum: 1, maximum: 1)
        let first = try await pool.run { connection in
            try connection.begin()
            return connection.processID
        }
        let second = try await pool.run { $0.processID }
        #expect(second != first)
        try await database.executeOutside("SELECT pg_terminate_backend(\(second), 5000)")
        let third = try await pool.run { connection in
            try connection.execute("SELECT 1")
            return connection.processID
        }
        #expect(third != second)
        await #expect(throws: DatabaseError.self) {
            try await pool.run { try $0.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
        }
        #expect(try await pool.run { $0.processID } != third)
        await pool.close()
    }

    @Test("tells at once when the server cannot be reached")
    func unreachable() async throws {
        let pool = PostgresPool(PostgresConfiguration(url: "postgresql:///x?host=/nowhere"))
        try pool.start()
        await #expect {
            try await pool.run { _ in }
        } throws: { ($0 as? DatabaseError)?.code == .cannotOpen }
        await pool.close()
    }

    @Test("closes what nobody has used for a while, down to the minimum")
    func trimming() async throws {
        let pool = try pool(minimum: 1, maximum: 3, idleTimeout: .milliseconds(100))
        try await pool.withConnection { _ in
            try await pool.withConnection { _ in try await pool.run { _ in } }
        }
        try await wait { pool.status.idle == 1 }
        try await wait { try await serverCount() == 1 }
        await pool.close()
    }
}
