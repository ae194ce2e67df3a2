import CLibpq
import EventSourcingSQL
public import SQLSchema

/// Takes the rows of a COPY, column by column; the row mapper of a table can write them.
public struct PostgresCopy: PostgresValueWriter, ~Copyable {
    @usableFromInline let slots: [ParameterSlot]
    private let handle: PostgresHandle
    private let names: [String]
    private let sql: String
    private let buffer = WireBuffer(capacity: 1 << 17)
    fileprivate private(set) var isBroken = false

    /// How many bytes are collected before they are handed to libpq.
    private static let portion = 1 << 16

    init(_ columns: PostgresColumns, handle: PostgresHandle, sql: String) {
        slots = columns.types.map { ParameterSlot(type: $0, element: nil) }
        names = columns.names
        self.handle = handle
        self.sql = sql
        // The signature, no flags, and no extension of the header.
        for byte in Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] { buffer.append(byte) }
        buffer.append(0 as Int32)
        buffer.append(0 as Int32)
    }

    @inlinable
    public mutating func begin(at column: Int) -> PostgresTarget? {
        guard slots.indices.contains(column) else { return nil }
        slots[column].clear()
        return PostgresTarget(format: slots[column].format, buffer: slots[column].buffer)
    }

    @inlinable
    public mutating func end(at column: Int) {
        slots[column].isNull = false
    }

    @inlinable
    public mutating func writeNull(at column: Int) throws {
        guard slots.indices.contains(column) else { throw refused("there is no such column", at: column) }
        slots[column].clear()
    }

    /// Ends a row; the columns that were not written are NULL.
    ///
    /// - Throws: `DatabaseError` when a value is too large, or the connection broke.
    public mutating func endRow() throws {
        buffer.append(Int16(truncatingIfNeeded: slots.count))
        for (index, slot) in slots.enumerated() {
            guard slot.buffer.count <= 0x3FFF_FFFF else { throw refused("the value is larger than 1 GB", at: index) }
            buffer.append(slot.isNull ? -1 : Int32(truncatingIfNeeded: slot.buffer.count))
            if !slot.isNull { buffer.append(slot.buffer.bytes) }
            slot.clear()
        }
        if buffer.count >= Self.portion { try send() }
    }

    fileprivate mutating func finish() throws {
        buffer.append(-1 as Int16)
        try send()
    }

    private mutating func send() throws {
        let bytes = buffer.bytes
        let result = handle.waiting {
            PQputCopyData(
                handle.pointer, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(truncatingIfNeeded: bytes.count))
        }
        buffer.removeAll()
        guard result == 1 else {
            isBroken = true
            throw handle.connectionLost(sql, inTransaction: handle.isInTransaction)
        }
    }

    public borrowing func refused(_ reason: String, at column: Int) -> any Error {
        let name = names.indices.contains(column) ? names[column] : "\(column)"
        let type = slots.indices.contains(column) ? " of the type \(slots[column].type.name)" : ""
        return DatabaseError(
            code: .constraintViolation, engineCode: "22000", message: "column \(name)\(type): \(reason)", sql: sql,
            database: handle.address)
    }
}

extension PostgresConnection {
    /// Writes many rows at once (COPY … FROM STDIN in binary), all or none of them.
    ///
    /// ```swift
    /// let count = try connection.copy(into: RelationName("people"), columns: ["name", "age"]) { copy in
    ///     for person in people {
    ///         try copy.write(person.name, at: 0)
    ///         try copy.set(person.age, at: 1)
    ///         try copy.endRow()
    ///     }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - table: the table; without a schema it is looked for on the search path.
    ///   - columns: the columns in the order in which they are written.
    ///   - write: writes the rows; when it throws, no row is kept.
    /// - Returns: how many rows were written.
    /// - Throws: `DatabaseError`, and what the closure throws.
    @discardableResult
    public func copy(
        into table: RelationName, columns: [String], _ write: (inout PostgresCopy) throws -> Void
    ) throws -> Int {
        let list = columns.map(SQLIdentifier.quoted).joined(separator: ", ")
        let description = try prepare("SELECT \(list) FROM \(table.quoted)").columns
        let sql = "COPY \(table.quoted) (\(list)) FROM STDIN (FORMAT binary)"
        let isInTransaction = isInTransaction
        try handle.checkOpen(sql)
        guard let start = handle.waiting({ PQexec(handle.pointer, sql) }) else {
            throw handle.connectionLost(sql, inTransaction: isInTransaction)
        }
        guard PQresultStatus(start) == PGRES_COPY_IN else {
            PQclear(try handle.checked(start, sql: sql, inTransaction: isInTransaction))
            throw handle.misuse("the server does not take rows", sql: sql)
        }
        PQclear(start)
        var copy = PostgresCopy(description, handle: handle, sql: sql)
        do {
            try write(&copy)
            try copy.finish()
        } catch {
            if !copy.isBroken { abandonCopy(sql) }
            throw error
        }
        let end = handle.waiting { () -> OpaquePointer? in
            guard PQputCopyEnd(handle.pointer, nil) == 1, let end = PQgetResult(handle.pointer) else { return nil }
            while let more = PQgetResult(handle.pointer) { PQclear(more) }
            return end
        }
        guard let end else { throw handle.connectionLost(sql, inTransaction: isInTransaction) }
        let result = try handle.checked(end, sql: sql, inTransaction: isInTransaction)
        defer { PQclear(result) }
        return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// Makes the server drop the rows that it has, and reads its error about that.
    private func abandonCopy(_ sql: String) {
        handle.waiting {
            if PQputCopyEnd(handle.pointer, "the rows could not be made") != 1 { handle.doubt() }
            while let result = PQgetResult(handle.pointer) { PQclear(result) }
        }
    }
}
