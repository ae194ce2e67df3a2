public import EventSourcing

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Int64: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.int64(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

extension Double: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.double(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

extension Bool: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.bool(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

extension String: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.string(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

extension JSON: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.json(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

extension Instant: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.instant(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

extension UUID: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.uuid(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

extension [UInt8]: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = try row.bytes(at: column)
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(self, at: column)
    }
}

/// A whole number narrower than the 64 bits that a database hands out, or as wide.
public protocol NarrowRowValue: RowValue, FixedWidthInteger {}

extension NarrowRowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        guard let value = Self(exactly: try row.int64(at: column)) else {
            throw row.unexpectedValue(at: column, expected: "\(Self.self)")
        }
        self = value
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(Int64(self), at: column)
    }
}

extension Int: NarrowRowValue {}
extension Int32: NarrowRowValue {}
extension Int16: NarrowRowValue {}

extension Float: RowValue {
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = Float(try row.double(at: column))
    }

    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(Double(self), at: column)
    }
}

extension [String: ExtensionValue]: RowValue {
    /// Reads a JSON object; NULL means no extensions.
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        if row.isNull(at: column) {
            self = [:]
        } else {
            try self.init(json: try row.json(at: column))
        }
    }

    /// Writes a JSON object with sorted keys, or NULL when there are no extensions.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        if isEmpty {
            try row.writeNull(at: column)
        } else {
            try row.write(self.json, at: column)
        }
    }
}
