// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The query `AddCustomer` of `Sources/Shop/queries/orders.sql`.
public struct AddCustomerQuery: RowQuery, Sendable {
    /// The parameter `:name`: text.
    public var name: String
    /// The parameter `:email`: public.email, NULL allowed.
    public var email: Email?

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(name: String, email: Email?) {
        self.name = name
        self.email = email
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.name, at: 0)
        try row.set(self.email, at: 1)
    }

    /// What the query is called.
    public static let name = "AddCustomer"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        INSERT INTO customers (name, email) VALUES ($1, $2) RETURNING id, name
        """#,
        .sqlite: #"""
        INSERT INTO customers (name, email) VALUES (?1, ?2) RETURNING id, name
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: bigint, NOT NULL.
        public var id: Int64
        /// The column `name`: text, NOT NULL.
        public var name: String

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(Int64.self, at: 0)
            self.name = try row.value(String.self, at: 1)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.id == right.id
                && left.name.hasSameBytes(as: right.name)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `AddCustomer` of `Sources/Shop/queries/orders.sql`.
    ///
    /// - Throws: `DatabaseError`, also when there is no row, or more than one.
    @inlinable
    public borrowing func addCustomer(name: String, email: Email?) throws -> AddCustomerQuery.Row {
        try one(AddCustomerQuery(name: name, email: email))
    }
}

/// The query `AllOrders` of `Sources/Shop/queries/orders.sql`.
public struct AllOrdersQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "AllOrders"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT id, region FROM orders ORDER BY id
        """#,
        .sqlite: #"""
        SELECT id, region FROM orders ORDER BY id
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: bigint, NOT NULL.
        public var id: Int64
        /// The column `region`: public.region, NOT NULL.
        public var region: Region

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(Int64.self, at: 0)
            self.region = try row.value(Region.self, at: 1)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `AllOrders` of `Sources/Shop/queries/orders.sql`.
    ///
    /// - Throws: `DatabaseError`, or what the closure throws, which ends it.
    @inlinable
    public borrowing func allOrders(_ body: (AllOrdersQuery.Row) throws -> Void) throws {
        try forEach(AllOrdersQuery()) { row in try body(row) }
    }
}

/// The query `ChangeTotal` of `Sources/Shop/queries/orders.sql`.
public struct ChangeTotalQuery: NamedStatement, Sendable {
    /// The parameter `:total`: numeric.
    public var total: ExactDecimal
    /// The parameter `:id`: bigint.
    public var id: Int64

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(total: ExactDecimal, id: Int64) {
        self.total = total
        self.id = id
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.total, at: 0)
        try row.set(self.id, at: 1)
    }

    /// What the query is called.
    public static let name = "ChangeTotal"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        UPDATE orders SET total = ($1::text)::numeric WHERE id = $2 AND total <> ($1::text)::numeric
        """#,
        .sqlite: #"""
        UPDATE orders SET total = ?1 WHERE id = ?2 AND total <> ?1
        """#,
    ]
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `ChangeTotal` of `Sources/Shop/queries/orders.sql`.
    ///
    /// - Returns: how many rows it has changed.
    /// - Throws: `DatabaseError`.
    @inlinable
    @discardableResult
    public borrowing func changeTotal(total: ExactDecimal, id: Int64) throws -> Int {
        try run(ChangeTotalQuery(total: total, id: id))
    }
}

/// The query `CustomerName` of `Sources/Shop/queries/orders.sql`.
public struct CustomerNameQuery: RowQuery, Sendable {
    /// The parameter `:id`: bigint.
    public var id: Int64

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(id: Int64) {
        self.id = id
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.id, at: 0)
    }

    /// What the query is called.
    public static let name = "CustomerName"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT name FROM customers WHERE id = $1
        """#,
        .sqlite: #"""
        SELECT name FROM customers WHERE id = ?1
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `name`: text, NOT NULL.
        public var name: String

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.name = try row.value(String.self, at: 0)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.name.hasSameBytes(as: right.name)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `CustomerName` of `Sources/Shop/queries/orders.sql`.
    ///
    /// - Returns: nil when there is no row.
    /// - Throws: `DatabaseError`, also when there is more than one row.
    @inlinable
    public borrowing func customerName(id: Int64) throws -> String? {
        try optional(CustomerNameQuery(id: id))?.name
    }
}

/// The query `CustomersByName` of `Sources/Shop/queries/orders.sql`.
public struct CustomersByNameQuery: RowQuery, Sendable {
    /// The parameter `:name`: text.
    public var name: String

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(name: String) {
        self.name = name
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.name, at: 0)
    }

    /// What the query is called.
    public static let name = "CustomersByName"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT id, name FROM customers WHERE name = $1
        """#,
        .sqlite: #"""
        SELECT id, name FROM customers WHERE name = ?1
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: bigint, NOT NULL.
        public var id: Int64
        /// The column `name`: text, NOT NULL.
        public var name: String

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(Int64.self, at: 0)
            self.name = try row.value(String.self, at: 1)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.id == right.id
                && left.name.hasSameBytes(as: right.name)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `CustomersByName` of `Sources/Shop/queries/orders.sql`.
    ///
    /// - Returns: nil when there is no row.
    /// - Throws: `DatabaseError`, also when there is more than one row.
    @inlinable
    public borrowing func customersByName(name: String) throws -> CustomersByNameQuery.Row? {
        try optional(CustomersByNameQuery(name: name))
    }
}

/// The query `CustomersWithOrders` of `Sources/Shop/queries/orders.sql`.
public struct CustomersWithOrdersQuery: RowQuery, Sendable {
    /// The parameter `:after`: bigint.
    public var after: Int64

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(after: Int64) {
        self.after = after
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.after, at: 0)
    }

    /// What the query is called.
    public static let name = "CustomersWithOrders"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE c.id > $1 ORDER BY o.id
        """#,
        .sqlite: #"""
        SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE c.id > ?1 ORDER BY o.id
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: bigint, NOT NULL.
        public var id: Int64
        /// The column `name`: text, NOT NULL.
        public var name: String

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(Int64.self, at: 0)
            self.name = try row.value(String.self, at: 1)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.id == right.id
                && left.name.hasSameBytes(as: right.name)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// The condition is never true of a customer that is missing, so that nothing is.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func customersWithOrders(after: Int64) throws -> [CustomersWithOrdersQuery.Row] {
        try all(CustomersWithOrdersQuery(after: after))
    }
}

/// The query `EveryID` of `Sources/Shop/queries/orders.sql`.
public struct EveryIDQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "EveryID"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT id FROM customers UNION ALL SELECT NULL
        """#,
        .sqlite: #"""
        SELECT id FROM customers UNION ALL SELECT NULL
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: bigint, NULL allowed.
        public var id: Int64?

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(Int64?.self, at: 0)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Of a union no part decides alone.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func everyID() throws -> [Int64?] {
        try all(EveryIDQuery()).map(\.id)
    }
}

/// The query `OpenOrders` of `Sources/Shop/queries/orders.sql`.
public struct OpenOrdersQuery: RowQuery, Sendable {
    /// The parameter `:region`: public.region.
    public var region: Region
    /// The parameter `:placed_after`: timestamp with time zone.
    public var placedAfter: Instant

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(region: Region, placedAfter: Instant) {
        self.region = region
        self.placedAfter = placedAfter
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.region, at: 0)
        try row.set(self.placedAfter, at: 1)
    }

    /// What the query is called.
    public static let name = "OpenOrders"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT o.id, o.total, o.region, o.placed_at, c.name AS customer, c.id AS customer_id, o.priority
        FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
        WHERE o.region = $1 AND o.placed_at > $2
        ORDER BY o.placed_at DESC
        """#,
        .sqlite: #"""
        SELECT o.id, o.total, o.region, o.placed_at, c.name AS customer, c.id AS customer_id, o.priority
        FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
        WHERE o.region = ?1 AND o.placed_at > ?2
        ORDER BY o.placed_at DESC
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: bigint, NOT NULL.
        public var id: Int64
        /// The column `total`: numeric(12,2), NOT NULL.
        public var total: ExactDecimal
        /// The column `region`: public.region, NOT NULL.
        public var region: Region
        /// The column `placed_at`: timestamp with time zone, NOT NULL.
        public var placedAt: Instant
        /// The column `customer`: text, NULL allowed.
        public var customer: String?
        /// The column `customer_id`: bigint, NULL allowed.
        public var customerID: Int64?
        /// The column `priority`: bigint, NOT NULL.
        public var priority: Int64

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(Int64.self, at: 0)
            self.total = try row.value(ExactDecimal.self, at: 1)
            self.region = try row.value(Region.self, at: 2)
            self.placedAt = try row.value(Instant.self, at: 3)
            self.customer = try row.value(String?.self, at: 4)
            self.customerID = try row.value(Int64?.self, at: 5)
            self.priority = try row.value(Int64.self, at: 6)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.id == right.id
                && left.total == right.total
                && left.region == right.region
                && left.placedAt == right.placedAt
                && left.customer.hasSameBytes(as: right.customer)
                && left.customerID == right.customerID
                && left.priority == right.priority
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// The orders of a region with their customers, newest first.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func openOrders(region: Region, placedAfter: Instant) throws -> [OpenOrdersQuery.Row] {
        try all(OpenOrdersQuery(region: region, placedAfter: placedAfter))
    }
}

/// The query `OrderCount` of `Sources/Shop/queries/orders.sql`.
public struct OrderCountQuery: RowQuery, Sendable {
    /// The parameter `:region`: public.region.
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
    public static let name = "OrderCount"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT count(*) AS "count!: int64" FROM orders WHERE region = $1
        """#,
        .sqlite: #"""
        SELECT count(*) AS "count!: int64" FROM orders WHERE region = ?1
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `count`: bigint, NOT NULL.
        public var count: Int64

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.count = try row.value(Int64.self, at: 0)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `OrderCount` of `Sources/Shop/queries/orders.sql`.
    ///
    /// - Throws: `DatabaseError`, also when there is no row, or more than one.
    @inlinable
    public borrowing func orderCount(region: Region) throws -> Int64 {
        try one(OrderCountQuery(region: region)).count
    }
}

/// The query `RegionCounts` of `Sources/Shop/queries/orders.sql`.
public struct RegionCountsQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "RegionCounts"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT region, count(*) AS "orders!: int64" FROM orders GROUP BY region ORDER BY region
        """#,
        .sqlite: #"""
        SELECT region, count(*) AS "orders!: int64" FROM orders GROUP BY region ORDER BY region
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `region`: public.region, NOT NULL.
        public var region: Region
        /// The column `orders`: bigint, NOT NULL.
        public var orders: Int64

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.region = try row.value(Region.self, at: 0)
            self.orders = try row.value(Int64.self, at: 1)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// A key of a group is what the table says.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func regionCounts() throws -> [RegionCountsQuery.Row] {
        try all(RegionCountsQuery())
    }
}

/// The query `OrdersPerDay` of `Sources/Shop/queries/postgres/reports.sql` and `Sources/Shop/queries/sqlite/notes.sql`.
public struct OrdersPerDayQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "OrdersPerDay"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT placed_at::date AS "day!", count(*) AS "orders!" FROM orders GROUP BY 1 ORDER BY 1
        """#,
        .sqlite: #"""
        SELECT date(placed_at / 1000000, 'unixepoch') AS "day!", count(*) AS "orders!" FROM orders GROUP BY 1 ORDER BY 1
        """#,
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `day`: date, NOT NULL.
        public var day: CalendarDate
        /// The column `orders`: bigint, NOT NULL.
        public var orders: Int64

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.day = try row.value(CalendarDate.self, at: 0)
            self.orders = try row.value(Int64.self, at: 1)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Where the dialects have no words in common, each has a query of the name.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func ordersPerDay() throws -> [OrdersPerDayQuery.Row] {
        try all(OrdersPerDayQuery())
    }
}

/// The query `RegionsAndAll` of `Sources/Shop/queries/postgres/reports.sql`.
public struct RegionsAndAllQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "RegionsAndAll"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT region, count(*) AS "orders!" FROM orders GROUP BY ROLLUP (region) ORDER BY region NULLS LAST
        """#
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `region`: public.region, NULL allowed.
        public var region: Region?
        /// The column `orders`: bigint, NOT NULL.
        public var orders: Int64

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.region = try row.value(Region?.self, at: 0)
            self.orders = try row.value(Int64.self, at: 1)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `RegionsAndAll` of `Sources/Shop/queries/postgres/reports.sql`.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func regionsAndAll() throws -> [RegionsAndAllQuery.Row] {
        try all(RegionsAndAllQuery())
    }
}

/// The query `Report` of `Sources/Shop/queries/postgres/reports.sql`.
public struct ReportQuery: RowQuery, Sendable {
    /// The parameter `:age`: interval.
    public var age: CalendarInterval
    /// The parameter `:ids`: bigint[].
    public var ids: [Int64]

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(age: CalendarInterval, ids: [Int64]) {
        self.age = age
        self.ids = ids
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.age, at: 0)
        try row.set(list: self.ids, at: 1)
    }

    /// What the query is called.
    public static let name = "Report"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT region, sum(total) AS total, max(c.email) AS email, coalesce(max(o.id), -1) AS last, array_agg(o.id) AS ids
        FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
        WHERE placed_at > now() - ($1::text)::interval::interval AND o.id = ANY (($2::text)::bigint[])
        GROUP BY region
        """#
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `region`: public.region, NOT NULL.
        public var region: Region
        /// The column `total`: numeric, NULL allowed.
        public var total: ExactDecimal?
        /// The column `email`: text, NULL allowed.
        public var email: String?
        /// The column `last`: bigint, NULL allowed.
        public var last: Int64?
        /// The column `ids`: bigint[], NULL allowed.
        public var ids: [Int64?]?

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.region = try row.value(Region.self, at: 0)
            self.total = try row.value(ExactDecimal?.self, at: 1)
            self.email = try row.value(String?.self, at: 2)
            self.last = try row.value(Int64?.self, at: 3)
            self.ids = try row.listIfPresent(of: Int64?.self, at: 4)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.region == right.region
                && left.total == right.total
                && left.email.hasSameBytes(as: right.email)
                && left.last == right.last
                && left.ids == right.ids
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `Report` of `Sources/Shop/queries/postgres/reports.sql`.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func report(age: CalendarInterval, ids: [Int64]) throws -> [ReportQuery.Row] {
        try all(ReportQuery(age: age, ids: ids))
    }
}

/// The query `SliceOf` of `Sources/Shop/queries/postgres/reports.sql`.
public struct SliceOfQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "SliceOf"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT (ARRAY[1, 2, 3])[1:2] AS "slice!", ':not a parameter' AS "text!", '7'::bigint AS "seven!"
        """#
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `slice`: integer[], NOT NULL.
        public var slice: [Int32?]
        /// The column `text`: text, NOT NULL.
        public var text: String
        /// The column `seven`: bigint, NOT NULL.
        public var seven: Int64

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.slice = try row.list(of: Int32?.self, at: 0)
            self.text = try row.value(String.self, at: 1)
            self.seven = try row.value(Int64.self, at: 2)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.slice == right.slice
                && left.text.hasSameBytes(as: right.text)
                && left.seven == right.seven
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `SliceOf` of `Sources/Shop/queries/postgres/reports.sql`.
    ///
    /// - Throws: `DatabaseError`, also when there is no row, or more than one.
    @inlinable
    public borrowing func sliceOf() throws -> SliceOfQuery.Row {
        try one(SliceOfQuery())
    }
}

/// The query `Totals` of `Sources/Shop/queries/postgres/reports.sql`.
public struct TotalsQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "Totals"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .postgres: #"""
        SELECT * FROM totals ORDER BY region
        """#
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `region`: public.region, NULL allowed.
        public var region: Region?
        /// The column `total`: numeric, NULL allowed.
        public var total: ExactDecimal?

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.region = try row.value(Region?.self, at: 0)
            self.total = try row.value(ExactDecimal?.self, at: 1)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `Totals` of `Sources/Shop/queries/postgres/reports.sql`.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func totals() throws -> [TotalsQuery.Row] {
        try all(TotalsQuery())
    }
}

/// The query `LongestNote` of `Sources/Shop/queries/sqlite/notes.sql`.
public struct LongestNoteQuery: RowQuery, Sendable {
    /// Creates the query, which has no parameters.
    @inlinable
    public init() {}

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {}

    /// What the query is called.
    public static let name = "LongestNote"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .sqlite: #"""
        SELECT id, max(length(text)) AS "length: int64" FROM notes
        """#
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: TEXT, NULL allowed.
        public var id: UUID?
        /// The column `length`: NULL allowed.
        public var length: Int64?

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(UUID?.self, at: 0)
            self.length = try row.value(Int64?.self, at: 1)
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Without a note there is a row all the same, and no id in it.
    ///
    /// - Throws: `DatabaseError`, also when there is no row, or more than one.
    @inlinable
    public borrowing func longestNote() throws -> LongestNoteQuery.Row {
        try one(LongestNoteQuery())
    }
}

/// The query `NotesLike` of `Sources/Shop/queries/sqlite/notes.sql`.
public struct NotesLikeQuery: RowQuery, Sendable {
    /// The parameter `:pattern`.
    public var pattern: String
    /// The parameter `:id`.
    public var id: UUID

    /// Creates the query with the values of its parameters.
    @inlinable
    public init(pattern: String, id: UUID) {
        self.pattern = pattern
        self.id = id
    }

    /// Writes the values of the parameters in the order of their numbers.
    @inlinable
    public func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws {
        try row.set(self.pattern, at: 0)
        try row.set(self.id, at: 1)
    }

    /// What the query is called.
    public static let name = "NotesLike"

    /// The statement in each dialect.
    public static let statements: [Dialect: String] = [
        .sqlite: #"""
        SELECT id, text, length(text) AS "length!: int64" FROM notes WHERE text LIKE ?1 OR id = ?2 ORDER BY id
        """#
    ]

    /// A row of the result.
    public struct Row: ResultRow, Equatable {
        /// The column `id`: TEXT, NOT NULL.
        public var id: UUID
        /// The column `text`: TEXT, NOT NULL.
        public var text: String
        /// The column `length`: NOT NULL.
        public var length: Int64

        /// Reads a row of the result.
        @inlinable
        public init<Source: RowReader & ~Copyable>(row: borrowing Source) throws {
            self.id = try row.value(UUID.self, at: 0)
            self.text = try row.value(String.self, at: 1)
            self.length = try row.value(Int64.self, at: 2)
        }

        /// Compares text by its UTF-8 bytes, as the stores do.
        @inlinable
        public static func == (left: Row, right: Row) -> Bool {
            left.id == right.id
                && left.text.hasSameBytes(as: right.text)
                && left.length == right.length
        }
    }
}

extension RowDatabase where Self: ~Copyable {
    /// Runs the query `NotesLike` of `Sources/Shop/queries/sqlite/notes.sql`.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public borrowing func notesLike(pattern: String, id: UUID) throws -> [NotesLikeQuery.Row] {
        try all(NotesLikeQuery(pattern: pattern, id: id))
    }
}
