import EventSourcingSQL

/// The parameters of a statement, written by index and kept there until the statement is run.
///
/// Each value is sent in the binary format of the type that the server wants for the parameter. A parameter that is not
/// written is NULL.
public struct PostgresParameters: PostgresValueWriter, ~Copyable {
    @usableFromInline let statement: PostgresStatement
    @usableFromInline let first: Int

    @inlinable
    init(statement: PostgresStatement, first: Int) {
        self.statement = statement
        self.first = first
    }

    @inlinable
    public mutating func begin(at column: Int) -> PostgresTarget? {
        guard let slot = slot(at: column) else { return nil }
        slot.clear()
        return PostgresTarget(format: slot.format, buffer: slot.buffer)
    }

    @inlinable
    public mutating func end(at column: Int) {
        slot(at: column)?.isNull = false
    }

    @inlinable
    public mutating func writeNull(at column: Int) throws {
        guard let slot = slot(at: column) else { throw refused("there is no such parameter", at: column) }
        slot.clear()
    }

    public borrowing func refused(_ reason: String, at column: Int) -> any Error {
        statement.refused(reason, at: first + column)
    }

    @inlinable
    borrowing func slot(at column: Int) -> ParameterSlot? {
        let index = first + column
        return index >= 0 && index < statement.slots.count ? statement.slots[index] : nil
    }
}
