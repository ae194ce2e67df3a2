public import CLibpq
public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A row of a result (PQgetvalue), in PostgreSQL's binary format.
///
/// What the columns are was settled when the result was described; a row compares one byte.
public struct PostgresRow: RowReader, ~Copyable {
    @usableFromInline let result: PostgresResult
    @usableFromInline let pointer: OpaquePointer
    @usableFromInline let formats: UnsafeMutablePointer<WireFormat>
    @usableFromInline let texts: RepeatedTexts
    @usableFromInline let count: Int
    /// Which row of the result it is.
    @usableFromInline var index: Int32 = 0

    @inlinable
    init(_ result: PostgresResult) {
        self.result = result
        pointer = result.pointer
        formats = result.columns.formats
        texts = result.columns.texts
        count = result.columns.count
    }

    @inlinable
    public borrowing func isNull(at column: Int) -> Bool {
        format(of: column) == nil || PQgetisnull(pointer, index, Int32(truncatingIfNeeded: column)) == 1
    }

    @inlinable
    public borrowing func int64(at column: Int) throws -> Int64 {
        switch format(of: column) {
        case .int8: if let value = number(Int64.self, at: column) { return value }
        case .int4: if let value = number(Int32.self, at: column) { return Int64(value) }
        case .int2: if let value = number(Int16.self, at: column) { return Int64(value) }
        case .oid: if let value = number(UInt32.self, at: column) { return Int64(value) }
        default: break
        }
        throw unexpectedValue(at: column, expected: "a whole number")
    }

    @inlinable
    public borrowing func double(at column: Int) throws -> Double {
        switch format(of: column) {
        case .float8: if let bits = number(UInt64.self, at: column) { return Double(bitPattern: bits) }
        case .float4: if let bits = number(UInt32.self, at: column) { return Double(Float(bitPattern: bits)) }
        default: break
        }
        throw unexpectedValue(at: column, expected: "a number with a binary point")
    }

    @inlinable
    public borrowing func bool(at column: Int) throws -> Bool {
        guard format(of: column) == .bool, let value = number(UInt8.self, at: column) else {
            throw unexpectedValue(at: column, expected: "a boolean")
        }
        return value != 0
    }

    @inlinable
    public borrowing func string(at column: Int) throws -> String {
        let text = try text(at: column, expected: "a text")
        guard let string = texts.text(of: text, at: column) else {
            throw unexpectedValue(at: column, expected: "a text in UTF-8")
        }
        return string
    }

    @inlinable
    public borrowing func withText<Value>(
        at column: Int, expected: String, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Value
    ) throws -> Value {
        try body(isNull(at: column) ? nil : text(at: column, expected: expected))
    }

    @inlinable
    public borrowing func bytes(at column: Int) throws -> [UInt8] {
        guard format(of: column) == .bytes, let bytes = content(at: column) else {
            throw unexpectedValue(at: column, expected: "bytes")
        }
        return [UInt8](bytes)
    }

    @inlinable
    public borrowing func json(at column: Int) throws -> JSON {
        JSON(uncheckedBytes: [UInt8](try text(at: column, expected: "JSON")))
    }

    /// Microseconds since 1970; the two infinities are refused, because there is no such instant.
    @inlinable
    public borrowing func instant(at column: Int) throws -> Instant {
        guard format(of: column) == .timestamp || format(of: column) == .localTimestamp,
            let microseconds = number(Int64.self, at: column)
        else {
            throw unexpectedValue(at: column, expected: "a timestamp")
        }
        guard let instant = PostgresInstant.instant(microseconds) else {
            throw unexpectedValue(at: column, expected: "a finite timestamp")
        }
        return instant
    }

    @inlinable
    public borrowing func uuid(at column: Int) throws -> UUID {
        guard format(of: column) == .uuid, let bytes = content(at: column), bytes.count == 16 else {
            throw unexpectedValue(at: column, expected: "a UUID")
        }
        return UUID(uuid: UnsafeRawBufferPointer(bytes).loadUnaligned(as: uuid_t.self))
    }

    public borrowing func unexpectedValue(at column: Int, expected: String) -> any Error {
        result.unexpectedValue(at: column, row: index, expected: expected)
    }

    /// What the column is; nil when the result has no such column.
    @inlinable
    borrowing func format(of column: Int) -> WireFormat? {
        column >= 0 && column < count ? formats[column] : nil
    }

    /// A number in network order; nil for NULL, whose length is 0, and for anything of another size.
    @inlinable
    borrowing func number<Number: FixedWidthInteger>(_ type: Number.Type, at column: Int) -> Number? {
        let column = Int32(truncatingIfNeeded: column)
        guard PQgetlength(pointer, index, column) == MemoryLayout<Number>.size,
            let start = PQgetvalue(pointer, index, column)
        else { return nil }
        return Number(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: Number.self))
    }

    /// The bytes of a value, valid as long as the result; nil for NULL.
    @inlinable
    borrowing func content(at column: Int) -> UnsafeBufferPointer<UInt8>? {
        let column = Int32(truncatingIfNeeded: column)
        let length = PQgetlength(pointer, index, column)
        guard length > 0 || PQgetisnull(pointer, index, column) == 0,
            let start = PQgetvalue(pointer, index, column)
        else { return nil }
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: Int(length))
    }

    /// The bytes of a text or of JSON; `jsonb` has its version before them, which is 1.
    @inlinable
    borrowing func text(at column: Int, expected: String) throws -> UnsafeBufferPointer<UInt8> {
        switch format(of: column) {
        case .text, .json:
            if let bytes = content(at: column) { return bytes }
        case .jsonb:
            if let bytes = content(at: column), bytes.first == 1 {
                return UnsafeBufferPointer(rebasing: bytes.dropFirst())
            }
        default: break
        }
        throw unexpectedValue(at: column, expected: expected)
    }
}

extension PostgresRow: ContentReader {
    @inlinable
    package borrowing func withContent<Value>(
        at column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
    ) throws -> Value {
        if format(of: column) == .bytes, let bytes = content(at: column) { return try body(bytes) }
        return try body(text(at: column, expected: "a text"))
    }
}
