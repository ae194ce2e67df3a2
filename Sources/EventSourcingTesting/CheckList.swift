import EventSourcing

/// Collects checks; each file in `Checks` adds those of one part of the contract.
struct CheckList<Store: AsyncCompleteStore> {
    private(set) var checks: [ConformanceCheck] = []

    let retention: SnapshotRetention
    let makeColumns: @Sendable (Int) -> Store.Columns
    private let makeStore: @Sendable () async throws -> Store

    init(
        retention: SnapshotRetention, makeColumns: @escaping @Sendable (Int) -> Store.Columns,
        makeStore: @escaping @Sendable () async throws -> Store
    ) {
        self.retention = retention
        self.makeColumns = makeColumns
        self.makeStore = makeStore
    }

    /// Adds a check that runs on a store of its own.
    mutating func add(_ name: String, _ body: @escaping @Sendable (Bench<Store>) async throws -> Void) {
        let check = ConformanceCheck(name) { [makeColumns, makeStore] in
            let store = try await makeStore()
            do {
                try await store.initialize()
                try await body(Bench(store: store, makeColumns: makeColumns))
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
        checks.append(check)
    }
}
