import EventSourcing
import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("A PostgreSQL store whose server runs out of room", .timeLimit(.minutes(5)))
struct FullDiskTests {
    @Test(
        "reports it, keeps part of no save, and goes on when there is room",
        .enabled("mounting needs root", DurableServer.Mount.isPossible))
    func fullDisk() async throws {
        try await DurableServer.with(mount: DurableServer.Mount(name: "small", megabytes: 12)) { server in
            try await server.execute("CREATE TABLESPACE small LOCATION '\(server.folder)/small'")
            var configuration = server.configuration()
            configuration.parameters["options"] = "-c default_tablespace=small"
            let store = PostgresEventStore(configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 4))
            try await store.initialize()
            // Rows of less than 2,000 bytes are not compressed.
            try await server.execute(
                "CREATE TABLE ballast TABLESPACE small AS SELECT repeat('x', 1900) FROM generate_series(1, 2000)")
            var saved = 0
            var failure: DatabaseError?
            while failure == nil, saved < 1000 {
                do {
                    try await store.save(large("\(saved)"), for: "s\(saved % 7)")
                    saved += 1
                } catch let error as DatabaseError {
                    failure = error
                }
            }
            let error = try #require(failure, "12 megabytes have taken more than they are")
            #expect(error.code == .full && error.engineCode == "53100", "\(error)")
            #expect("\(error)".contains("No space left on device"))
            #expect(saved > 4)
            try await expectEvents(saved * 3, of: store)

            // Many at once, to several streams, and in transactions: all of them say so.
            await withTaskGroup { group in
                for number in 0..<8 {
                    group.addTask {
                        await #expect { try await store.save(large("many"), for: "m\(number)") } throws: { $0.isFull }
                    }
                }
            }
            await #expect {
                try await store.saveTogether([
                    StreamAppend(large("both"), to: "a"), StreamAppend(large("both"), to: "b"),
                ])
            } throws: {
                $0.isFull
            }
            await #expect {
                try await store.withTransaction { try $0.save(large("inside"), for: "a") }
            } throws: {
                $0.isFull
            }
            try await expectEvents(saved * 3, of: store)

            try await server.execute("DROP TABLE ballast")
            #expect(try await store.save(large("\(saved)"), for: "a").version == 3)
            #expect(try await store.withTransaction { try $0.save(events("small"), for: "b").version } == 1)
            try await expectEvents(saved * 3 + 4, of: store)
            await store.close()
        }
    }

    /// Three events that take 300 kB together, in whatever way the server compresses.
    private func large(_ id: String) -> [Event<StandardColumns>] {
        var random = SystemRandomNumberGenerator()
        return (0..<3).map { number in
            let bytes = (0..<12_500).flatMap { _ in withUnsafeBytes(of: random.next(), Array.init) }
            return Event(id: "\(id)/\(number)", type: "T", source: "/tests", data: .binary(bytes))
        }
    }

    /// Checks the number of events that are there, by the streams and by the feed, and that they have no gaps.
    private func expectEvents(_ count: Int, of store: PostgresEventStore) async throws {
        let streams = try await store.loadStreams(after: nil, limit: 100)
        #expect(streams.reduce(0) { $0 + $1.version } == count)
        var (position, found) = (0, 0)
        while true {
            let page = try await store.loadFeed(after: position, limit: 10)
            guard let last = page.last else { break }
            (position, found) = (last.position, found + page.count)
        }
        #expect(found == count)
    }
}

extension Error {
    fileprivate var isFull: Bool { (self as? DatabaseError)?.code == .full }
}
