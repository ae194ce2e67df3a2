import EventSourcing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension RowReader where Self: ~Copyable {
    /// Decodes the JSON of a column, with `JSONDecoder` as it is unless told otherwise.
    ///
    /// - Throws: `DatabaseError` when the column is NULL, and when its JSON is not that of the type.
    public borrowing func decoded<Value: Decodable>(_ type: Value.Type, at column: Int) throws -> Value {
        let json = try json(at: column)
        do {
            return try json.decode(type)
        } catch {
            throw unexpectedValue(at: column, expected: "the JSON of \(Value.self) (\(error))")
        }
    }

    /// Decodes the JSON of a column; NULL is nil.
    public borrowing func decoded<Value: Decodable>(_ type: Value?.Type, at column: Int) throws -> Value? {
        isNull(at: column) ? nil : try decoded(Value.self, at: column)
    }
}

extension RowWriter where Self: ~Copyable {
    /// Writes a value as JSON with sorted keys, so that the same value is always the same text.
    public mutating func encode<Value: Encodable>(_ value: Value, at column: Int) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try write(try JSON(encoding: value, with: encoder), at: column)
    }

    /// Writes a value as JSON; nil is NULL.
    public mutating func encode<Value: Encodable>(_ value: Value?, at column: Int) throws {
        if let value {
            try encode(value, at: column)
        } else {
            try writeNull(at: column)
        }
    }
}
