import EventSourcing
import Foundation
import GoogleCloudTestSupport
import NIOCore
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud
@testable import EventSourcingPostgres

@Suite("Faults of Cloud SQL")
struct CloudSQLFaultTests {
    @Test("When the authorities change, open connections go on, and new ones work at once")
    func rotation() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let connection = try await PostgresAsyncConnection.connect(connector.postgres)
        try bench.standIn.rotate()
        #expect(try await bench.ask(connector) == 42)
        try await connection.run { try $0.execute("SELECT 1") }
        #expect(bench.standIn.issuedCount == 2)
        try bench.standIn.rotate(.regionalAuthority(dnsName: "new.us-central1.sql.goog"))
        #expect(try await bench.ask(connector) == 42)
        try await connection.run { try $0.execute("SELECT 1") }
        await connection.close()
        await bench.close(connector)
    }

    @Test("When a certificate ends, open connections go on, and a lazy connector fetches another one for the next")
    func expiration() async throws {
        let bench = try await CloudSQLBench()
        bench.standIn.set { $0.certificateLifetime = 1 }
        let connector = try bench.connector(bench.configuration(refresh: .lazy))
        let connection = try await PostgresAsyncConnection.connect(connector.postgres)
        bench.standIn.set { $0.certificateLifetime = 3600 }
        try await Task.sleep(for: .seconds(2))
        try await connection.run { try $0.execute("SELECT 1") }
        #expect(bench.standIn.issuedCount == 1)
        #expect(try await bench.ask(connector) == 42)
        #expect(try await bench.ask(connector) == 42)
        #expect(bench.standIn.issuedCount == 2)
        await connection.close()
        await bench.close(connector)
    }

    @Test("A certificate is replaced four minutes before its end, without anybody who connects")
    func refreshAhead() async throws {
        let bench = try await CloudSQLBench()
        bench.standIn.set { $0.certificateLifetime = 241 }
        let connector = try bench.connector()
        #expect(try await bench.ask(connector) == 42)
        bench.standIn.set { $0.certificateLifetime = 3600 }
        try await eventually("the certificate is replaced") { bench.standIn.issuedCount >= 2 }
        #expect(try await bench.ask(connector) == 42)
        await bench.close(connector)
    }

    @Test("A connector that signs somebody in uses a certificate no longer than its token")
    func shortToken() async throws {
        let bench = try await CloudSQLBench()
        try await bench.makeRole("app@test-project.iam")
        bench.standIn.set { $0.tokenLifetime = 2 }
        let connector = try bench.connector(
            bench.configuration(login: .automaticIAM(user: CloudSQLStandIn.account), refresh: .lazy))
        #expect(try await bench.ask(connector) == 42)
        bench.standIn.set { $0.tokenLifetime = 3600 }
        try await Task.sleep(for: .seconds(2))
        #expect(try await bench.ask(connector) == 42)
        #expect(bench.standIn.issuedCount == 2)
        await bench.close(connector)
    }

    @Test("The Admin API may fail five times")
    func administrationFails() async throws {
        let bench = try await CloudSQLBench()
        bench.standIn.set { $0.failures = [503, 500, 503, 502, 429] }
        let connector = try bench.connector()
        #expect(try await bench.ask(connector) == 42)
        #expect(bench.standIn.requests.count { $0.path.hasPrefix("/sql/") } == 7)
        await bench.close(connector)
    }

    @Test("A valid certificate stays in use while the Admin API does not give another one")
    func keptCertificate() async throws {
        let bench = try await CloudSQLBench()
        bench.standIn.set { $0.certificateLifetime = 100 }
        let connector = try bench.connector(bench.configuration(refresh: .lazy))
        #expect(try await bench.ask(connector) == 42)
        bench.standIn.set { $0.failures = Array(repeating: 404, count: 100) }
        #expect(try await bench.ask(connector) == 42)
        #expect(bench.standIn.issuedCount == 1)
        #expect(bench.standIn.accepted.count == 2)
        await bench.close(connector)
    }

    @Test("A metadata server that takes its time only delays the first connection")
    func slowMetadata() async throws {
        let bench = try await CloudSQLBench()
        bench.standIn.set { $0.metadataDelay = .seconds(2) }
        let connector = try bench.connector()
        #expect(try await bench.ask(connector) == 42)
        let count = bench.standIn.tokens.count
        #expect(try await bench.ask(connector) == 42)
        #expect(bench.standIn.tokens.count == count)
        await bench.close(connector)
    }

    @Test("A proxy that accepts connections and says nothing is unreachable, and so is a port that nobody listens at")
    func blackHole() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector(timeout: .milliseconds(500))
        bench.standIn.set { $0.isSilent = true }
        #expect(try await bench.failure(connector).code == .unreachable)
        bench.standIn.set { $0.isSilent = false }
        let patient = try bench.connector()
        #expect(try await bench.ask(patient) == 42)
        await bench.standIn.stopProxy()
        #expect(try await bench.failure(patient).code == .unreachable)
        await bench.close(connector, patient)
    }

    @Test("A certificate of a foreign authority is refused, and the reason is told")
    func foreignCertificate() async throws {
        let bench = try await CloudSQLBench()
        bench.standIn.set { $0.signsWithForeignAuthority = true }
        let connector = try bench.connector()
        let failure = try await bench.failure(connector)
        #expect(failure.code == .certificateRefused, "\(failure)")
        #expect(bench.standIn.accepted.isEmpty)
        bench.standIn.set { $0.signsWithForeignAuthority = false }
        #expect(try await bench.ask(connector) == 42)
        await bench.close(connector)
    }

    @Test("When certificates have been asked for too often, the reason of the last failure is told at once")
    func rateLimit() async throws {
        let bench = try await CloudSQLBench()
        try bench.standIn.rotate(.otherInstance)
        let connector = try bench.connector(limiter: RefreshLimiter(burst: 2, interval: .seconds(3600)))
        for _ in 1...4 { #expect(try await bench.failure(connector).code == .wrongServerName) }
        #expect(bench.standIn.issuedCount == 2)
        await bench.close(connector)
    }

    @Test("A failover under load loses no event that was acknowledged, and saves none twice")
    func failover() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let store = CloudSQLEventStore(connector, pool: PostgresPoolOptions(minimum: 0, maximum: 8))
        try await store.initialize()
        let acknowledged = Recorder<String>()
        let progress = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 1...8 {
                group.addTask {
                    for number in 1...40 {
                        let event = Event(id: "\(writer)-\(number)", type: "T", source: "/tests")
                        try await Self.save(event, in: store, for: "stream-\(writer)", version: number)
                        acknowledged.append("stream-\(writer)/\(number) \(event.id)")
                        progress.enter()
                    }
                }
            }
            group.addTask {
                for count in [40, 120, 200] {
                    try await eventually("\(count) events are saved") { progress.now >= count }
                    await bench.standIn.dropConnections()
                }
            }
            try await group.waitForAll()
        }
        let stored = try await bench.query(connector) { connection in
            try connection.prepare("SELECT aggregate_id || '/' || version || ' ' || event_id FROM events ORDER BY 1")
                .all { try $0.string(at: 0) }
        }
        #expect(acknowledged.values.count == 320)
        #expect(stored.sorted() == acknowledged.values.sorted())
        await store.close()
        await bench.close()
    }

    /// Saves until it is known that the event is there, as a caller does.
    private static func save(
        _ event: Event<StandardColumns>, in store: CloudSQLEventStore, for stream: String, version: Int
    ) async throws {
        for _ in 1...200 {
            do {
                try await store.save([event], for: stream, expectedVersion: .exact(version - 1))
                return
            } catch let error as DatabaseError where error.code == .connectionLost || error.code == .cannotOpen {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        Issue.record("\(event.id) could not be saved")
    }
}
