import EventSourcingSQLite
import EventSourcingTesting
import Foundation
import TestSupport
import Testing

@Suite("The SQLite store keeps the contract")
struct SQLiteConformanceTests {
    private static let folder = Result { try TemporaryFolder() }

    private static func makeStore() throws -> SQLiteEventStore {
        SQLiteEventStore(path: try folder.get().file("\(UUID().uuidString).db"))
    }

    @Test("In a file", arguments: EventStoreConformance { try makeStore() }.checks)
    func file(check: ConformanceCheck) async throws {
        try await check.run()
    }

    @Test("In memory, all snapshots kept")
    func memory() async throws {
        let suite = EventStoreConformance(retention: .all) {
            SQLiteEventStore(path: ":memory:", snapshotRetention: .all)
        }
        try await suite.run()
    }
}
