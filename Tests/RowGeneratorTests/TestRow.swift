import EventSourcingSQL
import Foundation

/// A row in memory that keeps values as SQLite would.
struct TestRow: RowReader, RowWriter {
    enum Value: Equatable {
        case null
        case int64(Int64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
    }

    struct UnexpectedValue: Error {
        let column: Int
        let expected: String
    }

    var values: [Value]

    init(values: [Value]) {
        self.values = values
    }

    init(count: Int) {
        values = Array(repeating: .null, count: count)
    }

    // MARK: RowReader

    func isNull(at column: Int) -> Bool { values[column] == .null }

    func int64(at column: Int) throws -> Int64 {
        guard case .int64(let value) = values[column] else { throw unexpectedValue(at: column, expected: "Int64") }
        return value
    }

    func double(at column: Int) throws -> Double {
        guard case .double(let value) = values[column] else { throw unexpectedValue(at: column, expected: "Double") }
        return value
    }

    func string(at column: Int) throws -> String {
        guard case .string(let value) = values[column] else { throw unexpectedValue(at: column, expected: "String") }
        return value
    }

    func bytes(at column: Int) throws -> [UInt8] {
        guard case .bytes(let value) = values[column] else { throw unexpectedValue(at: column, expected: "[UInt8]") }
        return value
    }

    func bool(at column: Int) throws -> Bool { try int64(at: column) != 0 }

    func json(at column: Int) throws -> JSON { JSON(uncheckedBytes: Array(try string(at: column).utf8)) }

    func instant(at column: Int) throws -> Instant { Instant(microsecondsSince1970: try int64(at: column)) }

    func uuid(at column: Int) throws -> UUID {
        guard let uuid = UUID(uuidString: try string(at: column)) else {
            throw unexpectedValue(at: column, expected: "UUID")
        }
        return uuid
    }

    func unexpectedValue(at column: Int, expected: String) -> any Error {
        UnexpectedValue(column: column, expected: expected)
    }

    // MARK: RowWriter

    mutating func writeNull(at column: Int) { values[column] = .null }
    mutating func write(_ value: Int64, at column: Int) { values[column] = .int64(value) }
    mutating func write(_ value: Double, at column: Int) { values[column] = .double(value) }
    mutating func write(_ value: Bool, at column: Int) { values[column] = .int64(value ? 1 : 0) }
    mutating func write(_ value: String, at column: Int) { values[column] = .string(value) }
    mutating func write(_ value: [UInt8], at column: Int) { values[column] = .bytes(value) }
    mutating func write(_ value: JSON, at column: Int) { values[column] = .string(value.text) }
    mutating func write(_ value: Instant, at column: Int) { values[column] = .int64(value.microsecondsSince1970) }
    mutating func write(_ value: UUID, at column: Int) { values[column] = .string(value.uuidString.lowercased()) }
}
