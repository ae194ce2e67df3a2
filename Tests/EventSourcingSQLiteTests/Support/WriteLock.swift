import EventSourcingSQLite
import SQLiteTestSupport

/// Another connection that holds the write lock of a database, so that the saves of a store pile up behind it.
final class WriteLock {
    private let connection: SQLiteConnection
    private let store: EitherStore

    init(on path: String, before store: EitherStore) throws {
        connection = try SQLiteConnection(path: path)
        try connection.execute("BEGIN IMMEDIATE")
        self.store = store
    }

    func release() throws {
        try connection.execute("COMMIT")
    }

    /// Starts a save that waits for the lock, and returns when every save after it has to wait for the next batch.
    func startFirst(_ append: StreamAppend<StandardColumns>) async throws -> Task<SaveResult, any Error> {
        let task = start(append)
        while !store.isSaving { try await Task.sleep(for: .milliseconds(1)) }
        return task
    }

    /// Starts a save and returns when it waits behind those before it.
    func startNext(_ append: StreamAppend<StandardColumns>) async throws -> Task<SaveResult, any Error> {
        let count = store.waitingSaveCount
        let task = start(append)
        while store.waitingSaveCount == count { try await Task.sleep(for: .milliseconds(1)) }
        return task
    }

    private func start(_ append: StreamAppend<StandardColumns>) -> Task<SaveResult, any Error> {
        Task { [store] in
            try await store.save(append.events, for: append.aggregateID, expectedVersion: append.expectedVersion)
        }
    }
}
