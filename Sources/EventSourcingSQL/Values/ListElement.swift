/// A value that has an exact text, so that it can stand in a list, in a range, and in a column that is kept as text.
public protocol ListElement: Equatable, Sendable {
    /// Reads the value from its text; nil when the text is none of the type.
    init?(literal: String)

    /// The value's text, which PostgreSQL reads as the same value whatever its settings are.
    var literal: String { get }

    /// Whether the text stands in JSON without quotes, when SQLite keeps a list.
    static var isBareInJSON: Bool { get }
}

extension ListElement {
    /// Texts stand in quotes.
    public static var isBareInJSON: Bool { false }
}

/// A value that a database keeps as its text, or hands out as one.
public protocol LiteralValue: ListElement, RowValue, Hashable {}

extension LiteralValue {
    /// Reads the text of a column.
    public init<Row: RowReader & ~Copyable>(from row: borrowing Row, at column: Int) throws {
        guard let value = Self(literal: try row.literal(at: column)) else {
            throw row.unexpectedValue(at: column, expected: "a value of \(Self.self)")
        }
        self = value
    }

    /// Writes the text; in PostgreSQL the statement makes the column's type of it, as generated statements do.
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row, at column: Int) throws {
        try row.write(literal, at: column)
    }
}
