/// An aggregate's state after so many events, so that a load can start there.
///
/// ```swift
/// try store.saveSnapshot(
///     Snapshot(aggregateID: "order-123", version: 5, aggregateType: "Order", encoding: order))
///
/// if let snapshot = try store.loadSnapshot("order-123") {
///     order = try snapshot.decode(Order.self)
///     later = try store.load("order-123", fromVersion: snapshot.version + 1)
/// }
/// ```
public struct Snapshot: Sendable {
    /// The aggregate whose state it is.
    public var aggregateID: String
    /// How many events are folded into the state; 1 or more.
    public var version: Int
    /// What kind of aggregate it is: `Order`.
    public var aggregateType: String
    /// The state, kept byte for byte.
    public var state: JSON
    /// A tag of the code or schema that the state fits; nil when there is none. See `loadSnapshot(_:stateSchema:)`.
    public var stateSchema: String?
    /// When the snapshot was taken, to the microsecond.
    public var recordedAt: Instant

    /// Creates a snapshot.
    public init(
        aggregateID: String, version: Int, aggregateType: String, state: JSON, stateSchema: String? = nil,
        recordedAt: Instant = .now()
    ) {
        self.aggregateID = aggregateID
        self.version = version
        self.aggregateType = aggregateType
        self.state = state
        self.stateSchema = stateSchema
        self.recordedAt = recordedAt
    }

    /// Creates a snapshot of a value encoded as JSON.
    ///
    /// - Throws: what the encoder throws.
    public init(
        aggregateID: String, version: Int, aggregateType: String, encoding state: some Encodable,
        stateSchema: String? = nil, recordedAt: Instant = .now()
    ) throws {
        self.init(
            aggregateID: aggregateID, version: version, aggregateType: aggregateType, state: try JSON(encoding: state),
            stateSchema: stateSchema, recordedAt: recordedAt)
    }

    /// Decodes the state.
    ///
    /// - Throws: what the decoder throws.
    public func decode<State: Decodable>(_ type: State.Type = State.self) throws -> State {
        try state.decode(type)
    }
}

extension Snapshot: Equatable {
    /// Two snapshots are equal when all they hold is: text by its UTF-8 bytes.
    public static func == (left: Snapshot, right: Snapshot) -> Bool {
        left.version == right.version && left.recordedAt == right.recordedAt && left.state == right.state
            && left.aggregateID.hasSameBytes(as: right.aggregateID)
            && left.aggregateType.hasSameBytes(as: right.aggregateType)
            && left.stateSchema.hasSameBytes(as: right.stateSchema)
    }
}

/// How many snapshots of an aggregate a store keeps.
public struct SnapshotRetention: Hashable, Sendable {
    /// How many of the highest versions stay; nil means all.
    public let count: Int?

    /// Keeps every snapshot.
    public static let all = SnapshotRetention(count: nil)

    /// Keeps the newest so many: those of the highest versions; at least one.
    public static func newest(_ count: Int) -> SnapshotRetention {
        SnapshotRetention(count: max(1, count))
    }
}
