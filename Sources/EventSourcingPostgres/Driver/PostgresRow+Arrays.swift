extension PostgresRow {
    /// An array of texts without NULLs; its binary form is that of `array_send`.
    borrowing func strings(at column: Int) throws -> [String] {
        guard format(of: column) == .array, let bytes = content(at: column) else {
            throw unexpectedValue(at: column, expected: "a list of texts")
        }
        var reader = ArrayReader(rest: UnsafeRawBufferPointer(bytes))
        guard let dimensions = reader.int32(), reader.int32() != nil, reader.int32() != nil else {
            throw unexpectedValue(at: column, expected: "a list of texts")
        }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count = reader.int32(), reader.int32() != nil else {
            throw unexpectedValue(at: column, expected: "a list of one dimension")
        }
        var strings: [String] = []
        for _ in 0..<count {
            guard let string = reader.string() else {
                throw unexpectedValue(at: column, expected: "a list of texts without NULL")
            }
            strings.append(string)
        }
        return strings
    }
}

/// Takes numbers and texts off the front of some bytes.
private struct ArrayReader {
    var rest: UnsafeRawBufferPointer

    mutating func int32() -> Int32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(4)) }
        return Int32(bigEndian: rest.loadUnaligned(as: Int32.self))
    }

    mutating func string() -> String? {
        guard let length = int32(), length >= 0, rest.count >= Int(length) else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(length))) }
        return String(validating: rest.prefix(Int(length)), as: UTF8.self)
    }
}
