package import EventSourcingSQLite
import Foundation

/// One of the two stores on a SQLite file, called in the same way.
///
/// A call of the synchronous one has a thread of its own, so that it may block: tasks share few threads.
package struct EitherStore: Sendable {
    /// Which of the two.
    package enum Kind: String, CaseIterable, Sendable {
        case synchronous, asynchronous
    }

    private enum Store {
        case synchronous(SQLiteEventStore)
        case asynchronous(SQLiteAsyncEventStore)
    }

    private let store: Store

    package init(_ kind: Kind, path: String, options: SQLiteOptions = SQLiteOptions()) {
        store =
            switch kind {
            case .synchronous: .synchronous(SQLiteEventStore(path: path, options: options))
            case .asynchronous: .asynchronous(SQLiteAsyncEventStore(path: path, options: options))
            }
    }

    /// How many saves wait for the batch that is under way.
    package var waitingSaveCount: Int {
        switch store {
        case .synchronous(let store): store.waitingSaveCount
        case .asynchronous(let store): store.waitingSaveCount
        }
    }

    /// Whether a batch of saves is under way.
    package var isSaving: Bool {
        switch store {
        case .synchronous(let store): store.isSaving
        case .asynchronous(let store): store.isSaving
        }
    }

    package func initialize(migrations policy: MigrationPolicy = .apply) async throws {
        switch store {
        case .synchronous(let store): try await onThread { try store.initialize(migrations: policy) }
        case .asynchronous(let store): try await store.initialize(migrations: policy)
        }
    }

    @discardableResult
    package func save(
        _ events: [Event<StandardColumns>], for aggregateID: String, expectedVersion: ExpectedVersion = .any
    ) async throws -> SaveResult {
        switch store {
        case .synchronous(let store):
            try await onThread { try store.save(events, for: aggregateID, expectedVersion: expectedVersion) }
        case .asynchronous(let store):
            try await store.save(events, for: aggregateID, expectedVersion: expectedVersion)
        }
    }

    package func saveEach(_ appends: [StreamAppend<StandardColumns>]) async throws -> [Result<SaveResult, any Error>] {
        switch store {
        case .synchronous(let store): try await onThread { try store.saveEach(appends) }
        case .asynchronous(let store): try await store.saveEach(appends)
        }
    }

    package func saveSnapshot(_ snapshot: Snapshot) async throws {
        switch store {
        case .synchronous(let store): try await onThread { try store.saveSnapshot(snapshot) }
        case .asynchronous(let store): try await store.saveSnapshot(snapshot)
        }
    }

    package func load(_ aggregateID: String) async throws -> [RecordedEvent<StandardColumns>] {
        switch store {
        case .synchronous(let store): try await onThread { try store.load(aggregateID) }
        case .asynchronous(let store): try await store.load(aggregateID)
        }
    }

    package func version(of aggregateID: String) async throws -> Int {
        switch store {
        case .synchronous(let store): try await onThread { try store.version(of: aggregateID) }
        case .asynchronous(let store): try await store.version(of: aggregateID)
        }
    }

    package func loadFeed(after position: Int, limit: Int) async throws -> [RecordedEvent<StandardColumns>] {
        switch store {
        case .synchronous(let store): try await onThread { try store.loadFeed(after: position, limit: limit) }
        case .asynchronous(let store): try await store.loadFeed(after: position, limit: limit)
        }
    }

    package func close() async {
        switch store {
        case .synchronous(let store): await onThread { store.close() }
        case .asynchronous(let store): await store.close()
        }
    }
}

/// Runs a closure that blocks on a thread of its own.
package func onThread<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
    let result = await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, Failure>, Never>) in
        Thread.detachNewThread { continuation.resume(returning: Result(catching: body)) }
    }
    return try result.get()
}
