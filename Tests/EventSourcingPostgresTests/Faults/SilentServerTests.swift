import Foundation
import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("A PostgreSQL store whose server is silent", .timeLimit(.minutes(5)))
struct SilentServerTests {
    private static let silence = "the server did not answer within 3.0 seconds"

    private let database: ProxiedDatabase
    private let proxy: TestProxy
    private let store: PostgresEventStore

    init() async throws {
        database = try await ProxiedDatabase(overTCP: true, bufferSize: 8192)
        proxy = database.proxy
        store = try await database.makeStore(
            pool: PostgresPoolOptions(minimum: 0, maximum: 8, timeout: .seconds(5)), responseTimeout: .seconds(3)
        )
        try await store.save(events("1"), for: "a")
        // What is prepared is carried out at once, so that it is not known whether it was.
        _ = try await store.load("a")
    }

    /// Checks that a call fails because nobody answers, and that everything works again when somebody does.
    private func expectLoss(
        isOutcomeUnknown: Bool, _ call: @escaping @Sendable (PostgresEventStore) async throws -> Void
    ) async throws {
        proxy.set(.silent)
        let error = try await #require(throws: DatabaseError.self) { try await call(store) }
        #expect(error.code == .connectionLost && error.isOutcomeUnknown == isOutcomeUnknown, "\(error)")
        #expect(error.message.hasSuffix(Self.silence), "\(error)")
        proxy.set(.forwarding)
        #expect(try await store.save(events("1"), for: "again").version == 1)
        await store.close()
    }

    @Test("gives up loading")
    func load() async throws {
        try await expectLoss(isOutcomeUnknown: true) { _ = try await $0.load("a") }
    }

    @Test("gives up saving, and finds out when it is asked again")
    func save() async throws {
        try await expectLoss(isOutcomeUnknown: true) { try await $0.save(events("2"), for: "a") }
        let store = try await database.makeStore()
        #expect(try await store.save(events("2"), for: "a").version == 2)
        #expect(try await database.events() == ["a/1 1", "a/2 2", "again/1 1"])
        await store.close()
    }

    @Test("gives up a transaction of which nothing stays")
    func transaction() async throws {
        let proxy = proxy
        try await expectLoss(isOutcomeUnknown: false) { store in
            proxy.set(.forwarding)
            try await store.withTransaction { transaction in
                try transaction.save(events("2"), for: "a")
                proxy.set(.silent)
                // What was on its way when it fell silent has arrived by then.
                usleep(50_000)
                _ = try transaction.load("a")
            }
        }
        #expect(try await database.events() == ["a/1 1", "again/1 1"])
    }

    @Test("gives up many saves at once in the time of one")
    func saves() async throws {
        proxy.set(.silent)
        let failures = await withTaskGroup { group in
            for number in 0..<32 {
                group.addTask {
                    do {
                        try await store.save(events("2"), for: "s\(number)")
                        return "saved"
                    } catch let error as DatabaseError {
                        return "\(error.code)"
                    } catch let error as PostgresPoolError {
                        return "\(error.code)"
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(failures.isSubset(of: ["connectionLost", "timeout"]), "\(failures)")
        proxy.set(.forwarding)
        for number in 0..<32 { try await store.save(events("2"), for: "s\(number)") }
        #expect(try await database.events() == (["a/1 1"] + (0..<32).map { "s\($0)/1 2" }).sorted())
        await store.close()
    }

    @Test("lets go of a cancelled task, although the request to stop is not answered either")
    func cancelled() async throws {
        let isRunning = Recorder<Bool>()
        let task = Task {
            try await store.withTransaction { [proxy] transaction in
                proxy.set(.silent)
                isRunning.append(true)
                return try transaction.load("a")
            }
        }
        while isRunning.values.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        task.cancel()
        await #expect(throws: DatabaseError.self) { try await task.value }
        proxy.set(.forwarding)
        #expect(try await store.version(of: "a") == 1)
        await store.close()
    }

    @Test("does not wait for an answer when it begins")
    func initialize() async throws {
        proxy.set(.silent)
        var configuration = database.configuration
        configuration.parameters["connect_timeout"] = "2"
        let new = PostgresEventStore(configuration)
        let error = try await #require(throws: DatabaseError.self) { try await new.initialize() }
        #expect(error.code == .cannotOpen, "\(error)")
        await store.close()
    }

    @Test("gives up sending what nobody takes")
    func sending() async throws {
        let data = EventData.binary(Array(repeating: 7, count: 20_000_000))
        try await expectLoss(isOutcomeUnknown: true) { store in
            try await store.save([Event(id: "2", type: "T", source: "/tests", data: data)], for: "a")
        }
    }

    @Test("lets a statement take its time that is answered in the end, and many of them longer than one may take")
    func patience() async throws {
        var configuration = database.configuration
        configuration.responseTimeout = .seconds(3)
        let connection = try await PostgresAsyncConnection.connect(configuration)
        try await connection.run { connection in
            for _ in 0..<6 { try connection.execute("SELECT pg_sleep(0.6)") }
        }
        await connection.close()
        await store.close()
    }

    @Test("gives up a pipeline and a COPY, too")
    func others() async throws {
        var configuration = database.configuration
        configuration.responseTimeout = .seconds(3)
        for isCopy in [false, true] {
            let connection = try await PostgresAsyncConnection.connect(configuration)
            let statement = "SELECT aggregate_id FROM events"
            try await connection.run { _ = try $0.prepare(statement) }
            try await database.observer.run { try $0.execute("CREATE TABLE IF NOT EXISTS bytes (value bytea)") }
            let proxy = proxy
            let error = try await #require(throws: DatabaseError.self) {
                try await connection.run { connection in
                    if isCopy {
                        try connection.copy(into: RelationName("bytes"), columns: ["value"]) { copy in
                            proxy.set(.silent)
                            for _ in 0..<200 {
                                try copy.write(Array(repeating: UInt8(7), count: 100_000), at: 0)
                                try copy.endRow()
                            }
                        }
                    } else {
                        proxy.set(.silent)
                        usleep(50_000)
                        _ = try connection.pipeline { try $0.run(connection.prepare(statement)) }
                    }
                }
            }
            #expect(error.code == .connectionLost && error.message.hasSuffix(Self.silence), "\(error)")
            proxy.set(.forwarding)
            await connection.close()
        }
        await store.close()
    }

    @Test("cannot be told to wait for no time at all", arguments: [Duration.zero, .seconds(-1)])
    func noTime(timeout: Duration) async throws {
        let error = try await #require(throws: DatabaseError.self) {
            var configuration = database.configuration
            configuration.responseTimeout = timeout
            return try await PostgresAsyncConnection.connect(configuration)
        }
        #expect(error.code == .cannotOpen && error.message.hasSuffix("must be above 0"), "\(error)")
        await store.close()
    }

    #if os(Linux)
        @Test("notices a server that cannot be reached any more within a minute, or as the URL says")
        func keepalives() async throws {
            func option(_ name: Int32, _ parameters: [String: String]) async throws -> Int32 {
                var configuration = database.configuration
                configuration.parameters.merge(parameters) { $1 }
                let connection = try await PostgresAsyncConnection.connect(configuration)
                return try await connection.run { connection in
                    var value: Int32 = 0
                    var size = socklen_t(MemoryLayout<Int32>.size)
                    try #require(getsockopt(connection.handle.socket, Int32(IPPROTO_TCP), name, &value, &size) == 0)
                    return value
                }
            }
            #expect(try await option(TCP_USER_TIMEOUT, [:]) == 60000)
            #expect(try await option(TCP_KEEPIDLE, [:]) == 30)
            #expect(try await option(TCP_KEEPINTVL, [:]) == 10)
            #expect(try await option(TCP_KEEPCNT, [:]) == 3)
            #expect(try await option(TCP_USER_TIMEOUT, ["tcp_user_timeout": "7000"]) == 7000)
            #expect(try await option(TCP_KEEPIDLE, ["keepalives_idle": "7"]) == 7)
            await store.close()
        }
    #endif
}
