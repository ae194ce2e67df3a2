extension PostgresRow {
    /// An array of texts without NULLs; its binary form is that of `array_send`.
    borrowing func strings(at column: Int) throws -> [String] {
        try elements(at: column, expected: "a list of texts without NULL") { $0.string() }
    }

    /// An array of `bigint` without NULLs.
    borrowing func integers(at column: Int) throws -> [Int] {
        try elements(at: column, expected: "a list of whole numbers without NULL") { $0.int64().map(Int.init) }
    }

    private borrowing func elements<Element>(
        at column: Int, expected: String, _ read: (inout ArrayReader) -> Element?
    ) throws -> [Element] {
        guard format(of: column) == .array, let bytes = content(at: column) else {
            throw unexpectedValue(at: column, expected: expected)
        }
        var reader = ArrayReader(rest: UnsafeRawBufferPointer(bytes))
        guard let dimensions = reader.int32(), reader.int32() != nil, reader.int32() != nil else {
            throw unexpectedValue(at: column, expected: expected)
        }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count = reader.int32(), reader.int32() != nil else {
            throw unexpectedValue(at: column, expected: "a list of one dimension")
        }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let element = read(&reader) else { throw unexpectedValue(at: column, expected: expected) }
            elements.append(element)
        }
        return elements
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

    /// An element of 8 bytes.
    mutating func int64() -> Int64? {
        guard int32() == 8, rest.count >= 8 else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(8)) }
        return Int64(bigEndian: rest.loadUnaligned(as: Int64.self))
    }

    mutating func string() -> String? {
        guard let length = int32(), length >= 0, rest.count >= Int(length) else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(length))) }
        return String(validating: rest.prefix(Int(length)), as: UTF8.self)
    }
}
