public import EventSourcing
public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What takes values in PostgreSQL's binary format: the parameters of a statement, arrays of them, and rows of a COPY.
///
/// A conforming type says what its columns are and where the bytes go; how a value becomes bytes is the same for all.
public protocol PostgresValueWriter: RowWriter, ~Copyable {
    /// Makes ready for the bytes of a value.
    ///
    /// - Returns: what the column is; nil when there is no such column.
    mutating func begin(at column: Int) -> PostgresTarget?

    /// Takes note that the bytes of a value are complete.
    mutating func end(at column: Int)

    /// The error for a value that the column cannot take.
    borrowing func refused(_ reason: String, at column: Int) -> any Error
}

/// Where the bytes of a value go, and what the database expects there.
public struct PostgresTarget {
    @usableFromInline let format: WireFormat
    @usableFromInline let buffer: WireBuffer

    @inlinable
    init(format: WireFormat, buffer: WireBuffer) {
        self.format = format
        self.buffer = buffer
    }
}

extension PostgresValueWriter where Self: ~Copyable {
    @inlinable
    public mutating func write(_ value: Int64, at column: Int) throws {
        let target = try target(at: column)
        switch target.format {
        case .int8: target.buffer.append(value)
        case .int4:
            guard let value = Int32(exactly: value) else { throw refused("\(value) is no 32-bit number", at: column) }
            target.buffer.append(value)
        case .int2:
            guard let value = Int16(exactly: value) else { throw refused("\(value) is no 16-bit number", at: column) }
            target.buffer.append(value)
        case .oid:
            guard let value = UInt32(exactly: value) else { throw refused("\(value) is no oid", at: column) }
            target.buffer.append(value)
        default: throw refused("a whole number was given", at: column)
        }
        end(at: column)
    }

    /// A double for a `real` is rounded; one that would become infinite by that is refused.
    @inlinable
    public mutating func write(_ value: Double, at column: Int) throws {
        let target = try target(at: column)
        switch target.format {
        case .float8: target.buffer.append(value.bitPattern)
        case .float4:
            let single = Float(value)
            guard single.isFinite || !value.isFinite else { throw refused("\(value) is no real", at: column) }
            target.buffer.append(single.bitPattern)
        default: throw refused("a double was given", at: column)
        }
        end(at: column)
    }

    @inlinable
    public mutating func write(_ value: Bool, at column: Int) throws {
        let target = try target(at: column)
        guard target.format == .bool else { throw refused("a boolean was given", at: column) }
        target.buffer.append(value ? 1 as UInt8 : 0)
        end(at: column)
    }

    @inlinable
    public mutating func write(_ value: String, at column: Int) throws {
        let target = try target(at: column)
        switch target.format {
        case .text, .json: break
        case .jsonb: target.buffer.append(1 as UInt8)
        default: throw refused("a text was given", at: column)
        }
        var value = value
        value.withUTF8 { target.buffer.append(UnsafeRawBufferPointer($0)) }
        end(at: column)
    }

    @inlinable
    public mutating func write(_ value: [UInt8], at column: Int) throws {
        let target = try target(at: column)
        guard target.format == .bytes else { throw refused("bytes were given", at: column) }
        value.withUnsafeBytes { target.buffer.append($0) }
        end(at: column)
    }

    @inlinable
    public mutating func write(_ value: JSON, at column: Int) throws {
        let target = try target(at: column)
        switch target.format {
        case .json, .text: break
        case .jsonb: target.buffer.append(1 as UInt8)
        default: throw refused("JSON was given", at: column)
        }
        value.withBytes { target.buffer.append(UnsafeRawBufferPointer($0)) }
        end(at: column)
    }

    /// A time finer than a microsecond is refused rather than cut.
    @inlinable
    public mutating func write(_ value: Instant, at column: Int) throws {
        let target = try target(at: column)
        guard target.format == .timestamp || target.format == .localTimestamp else {
            throw refused("an instant was given", at: column)
        }
        guard let microseconds = PostgresInstant.microseconds(value) else {
            throw refused("the instant is finer than a microsecond, or too early", at: column)
        }
        target.buffer.append(microseconds)
        end(at: column)
    }

    @inlinable
    public mutating func write(_ value: UUID, at column: Int) throws {
        let target = try target(at: column)
        guard target.format == .uuid else { throw refused("a UUID was given", at: column) }
        withUnsafeBytes(of: value.uuid) { target.buffer.append($0) }
        end(at: column)
    }

    @inlinable
    mutating func target(at column: Int) throws -> PostgresTarget {
        guard let target = begin(at: column) else { throw refused("there is no such parameter", at: column) }
        return target
    }
}
