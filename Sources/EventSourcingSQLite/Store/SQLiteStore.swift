public import EventSourcing
public import EventSourcingSQL
import SQLMigrations
import StandardSchema
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The standard store on SQLite: the embedded default.
public typealias SQLiteEventStore = SQLiteStore<StandardColumns>

/// A store in a SQLite file, for many threads and several processes at once.
///
/// ```swift
/// let store = SQLiteEventStore(path: "orders.db")
/// try store.initialize()
/// try store.save([Event(type: "OrderPlaced", source: "/shop")], for: "order-123", expectedVersion: 0)
/// let events = try store.load("order-123")
/// store.close()
/// ```
///
/// A save returns when its transaction is on disk (WAL, `synchronous = FULL`, unless the options say otherwise). Threads
/// that save at the same moment share a transaction, each save with its own check and its own outcome.
public final class SQLiteStore<Columns: EventColumns>: Sendable {
    private enum State {
        case new
        case open(StoreConnections<Columns>)
        /// With what was open, which another call may still be closing.
        case closed(StoreConnections<Columns>?)
    }

    private let mapping: SQLiteMapping<Columns>
    private let snapshotRetention: SnapshotRetention
    private let path: String
    private let options: SQLiteOptions
    let saves = SaveQueue<Columns>()
    private let state = Mutex(State.new)

    @usableFromInline
    init(
        path: String, mapping: SQLiteMapping<Columns>, options: SQLiteOptions, snapshotRetention: SnapshotRetention
    ) {
        self.path = path
        self.mapping = mapping
        self.options = options
        self.snapshotRetention = snapshotRetention
    }

    /// Creates a store on a team's own tables; nothing is opened before `initialize()`.
    ///
    /// ```swift
    /// let store = SQLiteStore(
    ///     path: "orders.db", events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self)
    /// ```
    ///
    /// - Parameters:
    ///   - path: the database file, or `:memory:` for one that ends with the store.
    ///   - events: the generated events table; its module's migrations are the ones that are applied.
    ///   - snapshots: the generated snapshots table, of the same module.
    ///   - options: how the connections behave.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    @inlinable
    public convenience init<Events: EventTable<Columns>, Snapshots: SnapshotTable>(
        path: String, events: Events.Type, snapshots: Snapshots.Type, options: SQLiteOptions = SQLiteOptions(),
        snapshotRetention: SnapshotRetention = .newest(3)
    ) {
        self.init(
            path: path, mapping: SQLiteMapping(events: events, snapshots: snapshots), options: options,
            snapshotRetention: snapshotRetention)
    }

    /// Runs a closure on the writing connection, which nobody else has meanwhile.
    func write<Result>(_ body: (SQLiteSession<Columns>) throws -> Result) throws -> Result {
        try connections().write(body)
    }

    /// Runs a closure on a reading connection.
    func reading<Result>(_ body: (SQLiteSession<Columns>) throws -> Result) throws -> Result {
        try connections().read(body)
    }

    /// How many saves wait for the batch that is under way.
    package var waitingSaveCount: Int { saves.waitingCount }
    /// Whether a batch of saves is under way.
    package var isSaving: Bool { saves.isCommitting }

    /// The connections of the open store.
    private func connections() throws -> StoreConnections<Columns> {
        try state.withLock { state in
            switch state {
            case .new: throw StoreError.notInitialized
            case .open(let connections): connections
            case .closed: throw StoreError.closed
            }
        }
    }
}

extension SQLiteStore where Columns == StandardColumns {
    /// Creates a store on the standard tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - path: the database file, or `:memory:` for one that ends with the store.
    ///   - options: how the connections behave.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    public convenience init(
        path: String, options: SQLiteOptions = SQLiteOptions(), snapshotRetention: SnapshotRetention = .newest(3)
    ) {
        self.init(
            path: path, events: EventsTable.self, snapshots: SnapshotsTable.self, options: options,
            snapshotRetention: snapshotRetention)
    }
}

extension SQLiteStore {
    /// Opens the database and applies pending migrations. Calling it again is harmless.
    public func initialize() throws {
        try initialize(migrations: .apply)
    }

    /// Opens the database, and applies pending migrations or verifies that there are none that matter.
    ///
    /// - Throws: `DatabaseError` when the file cannot be opened, `MigrationError` when a migration fails or the history
    ///   is not the one that the store's code was generated from, `SchemaMismatchError` from `.verify`.
    public func initialize(migrations policy: MigrationPolicy) throws {
        try state.withLock { state in
            switch state {
            case .open: return
            case .closed: throw StoreError.closed
            case .new: state = .open(try open(policy))
            }
        }
    }

    private func open(_ policy: MigrationPolicy) throws -> StoreConnections<Columns> {
        // Readers are opened later, when the process may have moved to another folder.
        let path = isInMemory || path.isEmpty ? path : URL(fileURLWithPath: path).path
        let mode = policy == .apply ? SQLiteConnection.Mode.create : .write
        let connection = try SQLiteConnection(path: path, mode: mode, options: options)
        try SQLiteSchemaSetup(connection: connection, mapping: mapping).prepare(policy)
        // A migration may have left other settings behind.
        try connection.configure(mode: mode, options: options)
        let makeSession: @Sendable (SQLiteConnection) -> SQLiteSession<Columns> = { [mapping, snapshotRetention] in
            SQLiteSession(
                mapping: mapping, snapshotRetention: snapshotRetention,
                connection: StoreConnection($0, texts: mapping.sql))
        }
        let makeReader: @Sendable () throws -> SQLiteSession<Columns> = { [options] in
            makeSession(try SQLiteConnection(path: path, mode: .read, options: options))
        }
        return StoreConnections(
            writer: makeSession(connection), maximumReaders: options.maximumReaders,
            makeReader: isInMemory ? nil : makeReader)
    }

    /// Whether SQLite would make a database of its own for every connection.
    private var isInMemory: Bool {
        path == ":memory:"
    }

    /// Waits for the calls under way and closes the database; every later call throws.
    public func close() {
        let connections = state.withLock { state -> StoreConnections<Columns>? in
            switch state {
            case .new: state = .closed(nil)
            case .open(let connections): state = .closed(connections)
            case .closed: break
            }
            if case .closed(let connections) = state { return connections } else { return nil }
        }
        connections?.close()
    }
}
