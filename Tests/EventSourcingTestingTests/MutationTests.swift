import EventSourcing
import EventSourcingTesting
import Testing

@Suite("The suite finds mistakes")
struct MutationTests {
    @Test("The wrapper of the broken stores keeps the contract while it makes no mistake")
    func healthyStorePasses() async throws {
        try await suite(for: nil).run()
    }

    @Test("A store that makes one mistake breaks the sentence about it", arguments: Mutation.allCases)
    func mistakeIsFound(mutation: Mutation) async throws {
        let suite = suite(for: mutation)
        let check = try #require(suite.checks.first { $0.name == mutation.rawValue })
        let failure = await #expect(throws: ConformanceFailure.self) { try await check.run() }
        #expect(failure?.check == check.name)
    }

    @Test("A run tests every sentence, and its error lists all that do not hold")
    func runListsEveryFailure() async throws {
        let suite = suite(for: .loadsAfterTheVersion)
        let error = await #expect(throws: ConformanceError.self) { try await suite.run() }
        let failures = try #require(error).failures
        #expect(failures.count > 1)
        #expect(failures.count < suite.checks.count)
        #expect(error?.checkCount == suite.checks.count)
        let description = String(describing: try #require(error))
        #expect(description.hasPrefix("\(failures.count) of \(suite.checks.count) sentences of the contract do not"))
        #expect(description.contains("\u{2717} A load includes the version that it starts from"))
        #expect(description.contains("the versions loaded: expected [1, 2, 3, 4, 5], got [2, 3, 4, 5]"))
    }

    @Test("A store that cannot be made fails its checks")
    func storeThatCannotBeMade() async throws {
        let suite = EventStoreConformance { () async throws -> InMemoryEventStore in
            throw StoreError(.unsupported, "no database here")
        }
        let check = try #require(suite.checks.first)
        let failure = await #expect(throws: ConformanceFailure.self) { try await check.run() }
        #expect(failure?.message == "expected no error, got no database here")
    }

    private func suite(for mutation: Mutation?) -> EventStoreConformance {
        EventStoreConformance(makeColumns: TenantColumns.init(number:)) { MutatedStore(mutation) }
    }
}
