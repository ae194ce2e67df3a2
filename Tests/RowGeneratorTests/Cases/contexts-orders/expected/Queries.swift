// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The query `OrdersIn` of `Sources/Orders/queries/postgres/orders.sql` and `Sources/Orders/queries/sqlite/orders.sql`.
public struct OrdersInQuery: RowQuery, Sendable {
    /// The parameter `:region`: orders.region.
    public var region: Region

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(region: Region) {
        self.region = region
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.region, at: 0)
    }

    /// What the query is called.
    public static let name = "OrdersIn"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT aggregate_id, version, occurred_at, due_at, address FROM orders.order_events WHERE region = $1 ORDER BY position
        """#,
        .sqlite: #"""
        SELECT aggregate_id, version, occurred_at, due_at, address FROM order_events WHERE region = ?1 ORDER BY position
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `aggregate_id`: text, NOT NULL.
        public var aggregateID: String
        /// The column `version`: bigint, NOT NULL.
        public var version: Int64
        /// The column `occurred_at`: timestamp with time zone, NOT NULL.
        public var occurredAt: Instant
        /// The column `due_at`: timestamp with time zone, NULL allowed.
        public var dueAt: Instant?
        /// The column `address`: jsonb, NULL allowed.
        public var address: Address?

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.aggregateID = try row.value(String.self, at: 0)
            self.version = try row.value(Int64.self, at: 1)
            self.occurredAt = try row.value(Instant.self, at: 2)
            self.dueAt = try row.value(Instant?.self, at: 3)
            self.address = try row.decoded(Address?.self, at: 4)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.aggregateID.hasSameBytes(as: right.aggregateID)
                && left.version == right.version
                && left.occurredAt == right.occurredAt
                && left.dueAt == right.dueAt
                && left.address == right.address
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// What has happened to the orders of a region.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func ordersIn(region: Region) throws -> [OrdersInQuery.Row] {
        try all(OrdersInQuery(region: region))
    }
}
