public import EventSourcing

/// The contract of every store, as tests: one suite, whatever the database and whatever the columns.
///
/// A store passes when each check does, and each check is a sentence of the contract. Swift Testing shows the
/// sentences one by one when they are a test's arguments:
///
/// ```swift
/// import EventSourcingTesting
/// import Testing
///
/// @Test("The store keeps the contract", arguments: EventStoreConformance { InMemoryEventStore() }.checks)
/// func contract(check: ConformanceCheck) async throws {
///     try await check.run()
/// }
/// ```
///
/// A store with columns of its own passes the same suite; the caller says how to fill them:
///
/// ```swift
/// let suite = EventStoreConformance(
///     makeColumns: { number in OrderEventsColumns(tenantID: tenant, priority: number) },
///     makeStore: { try await OrderEventStore(url: makeEmptyDatabase()) })
/// try await suite.run()
/// ```
///
/// Every check makes a store of its own, calls `initialize()` on it, and closes it at the end. The suite depends on no
/// testing library.
public struct EventStoreConformance: Sendable {
    /// The sentences of the contract, in the order in which they build on each other.
    public let checks: [ConformanceCheck]

    /// Creates the suite for an asynchronous store with columns of its own.
    ///
    /// - Parameters:
    ///   - retention: how many snapshots of an aggregate the stores are set to keep.
    ///   - makeColumns: gives the columns of an event: for the same number the same, for another number, where the
    ///     columns have more than one value, other ones.
    ///   - makeStore: makes a store that has no events and shares nothing with the others.
    public init<Store: AsyncCompleteStore>(
        retention: SnapshotRetention = .newest(3),
        makeColumns: @escaping @Sendable (_ number: Int) -> Store.Columns,
        makeStore: @escaping @Sendable () async throws -> Store
    ) {
        var list = CheckList(retention: retention, makeColumns: makeColumns, makeStore: makeStore)
        list.addSaving()
        list.addVersions()
        list.addLoading()
        list.addStreaming()
        list.addSnapshots()
        list.addSnapshotRefusals()
        list.addTraces()
        list.addRetries()
        list.addRetriesOfOtherContent()
        list.addData()
        list.addTimes()
        list.addTexts()
        list.addTextLimits()
        list.addAttributes()
        list.addExtensions()
        list.addFeed()
        list.addFeedSequences()
        list.addCheckpoints()
        list.addDirectory()
        list.addBatches()
        list.addSavingEach()
        list.addRaces()
        list.addLifeCycle()
        checks = list.checks
    }

    /// Creates the suite for a synchronous store with columns of its own.
    ///
    /// - Parameters:
    ///   - retention: how many snapshots of an aggregate the stores are set to keep.
    ///   - makeColumns: gives the columns of an event: for the same number the same, for another number, where the
    ///     columns have more than one value, other ones.
    ///   - makeStore: makes a store that has no events and shares nothing with the others.
    public init<Store: CompleteStore>(
        retention: SnapshotRetention = .newest(3),
        makeColumns: @escaping @Sendable (_ number: Int) -> Store.Columns,
        makeStore: @escaping @Sendable () async throws -> Store
    ) {
        self.init(retention: retention, makeColumns: makeColumns) { SynchronousStoreAdapter(try await makeStore()) }
    }

    /// Creates the suite for an asynchronous store with the standard columns.
    ///
    /// - Parameters:
    ///   - retention: how many snapshots of an aggregate the stores are set to keep.
    ///   - makeStore: makes a store that has no events and shares nothing with the others.
    public init<Store: AsyncCompleteStore>(
        retention: SnapshotRetention = .newest(3), makeStore: @escaping @Sendable () async throws -> Store
    ) where Store.Columns == StandardColumns {
        self.init(retention: retention, makeColumns: { _ in StandardColumns() }, makeStore: makeStore)
    }

    /// Creates the suite for a synchronous store with the standard columns.
    ///
    /// - Parameters:
    ///   - retention: how many snapshots of an aggregate the stores are set to keep.
    ///   - makeStore: makes a store that has no events and shares nothing with the others.
    public init<Store: CompleteStore>(
        retention: SnapshotRetention = .newest(3), makeStore: @escaping @Sendable () async throws -> Store
    ) where Store.Columns == StandardColumns {
        self.init(retention: retention, makeColumns: { _ in StandardColumns() }, makeStore: makeStore)
    }

    /// Runs all checks, one after the other.
    ///
    /// - Throws: one ``ConformanceError`` that lists every sentence that does not hold.
    public func run() async throws {
        var failures: [ConformanceFailure] = []
        for check in checks {
            do { try await check.run() } catch { failures.append(error) }
        }
        if !failures.isEmpty { throw ConformanceError(failures: failures, checkCount: checks.count) }
    }
}

/// What an asynchronous store has to be to keep the whole contract.
public typealias AsyncCompleteStore = AsyncCheckpointStore & AsyncSnapshotStore & AsyncStreamDirectory & AsyncTraceStore

/// What a synchronous store has to be to keep the whole contract.
public typealias CompleteStore = CheckpointStore & SnapshotStore & StreamDirectory & TraceStore
