import EventSourcingTesting
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud
@testable import EventSourcingPostgres

@Suite("The store on Cloud SQL keeps the contract")
struct CloudSQLConformanceTests {
    private static let limit = ConcurrencyLimit(4)

    /// The benches of a check, which stay until it is over.
    private final class Benches: Sendable {
        @TaskLocal static var current = Benches()
        let all = Recorder<CloudSQLBench>()
    }

    @Test("Through the connector", arguments: EventStoreConformance { try await makeStore() }.checks)
    func connector(check: ConformanceCheck) async throws {
        try await Self.limit.run {
            let benches = Benches()
            try await Benches.$current.withValue(benches) { try await check.run() }
            for bench in benches.all.values { await bench.close() }
        }
    }

    private static func makeStore() async throws -> CloudSQLEventStore {
        let bench = try await CloudSQLBench()
        Benches.current.all.append(bench)
        return CloudSQLEventStore(try bench.connector(), pool: PostgresPoolOptions(minimum: 0, maximum: 8))
    }
}
