/// A Swift type that a column can be read into and written from.
///
/// A `String` or integer enumeration needs no code of its own:
///
/// ```swift
/// enum Region: String, RowValue { case north, south }
/// ```
public protocol RowValue {
    /// Reads the value of a column.
    ///
    /// - Throws: `DatabaseError` when the column is NULL or holds something else.
    init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws

    /// Writes the value as a parameter.
    func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws
}

extension RowValue where Self: RawRepresentable, RawValue: RowValue {
    /// Reads the raw value and refuses one that the type does not have.
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        let rawValue = try RawValue(from: row, at: column)
        guard let value = Self(rawValue: rawValue) else {
            throw row.unexpectedValue(at: column, expected: "a value of \(Self.self)")
        }
        self = value
    }

    /// Writes the raw value.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try rawValue.write(to: &row, at: column)
    }
}

extension Optional: RowValue where Wrapped: RowValue {
    /// Reads NULL as nil.
    @inlinable
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        self = row.isNull(at: column) ? nil : try Wrapped(from: row, at: column)
    }

    /// Writes nil as NULL.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        if let self {
            try self.write(to: &row, at: column)
        } else {
            try row.writeNull(at: column)
        }
    }
}
