import SQLSchema

extension SourceText {
    /// Takes the bytes of a file and reads CRLF as LF, which changes no line and no column.
    ///
    /// - Throws: ``MigrationError`` for a byte-order mark, a NUL byte or invalid UTF-8.
    init(checking bytes: [UInt8], file: String) throws(MigrationError) {
        self.init(file: file, bytes: bytes.withoutCarriageReturns)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw error(.invalidFile, "the file begins with a byte-order mark; save it without one", at: 0)
        }
        if let offset = firstInvalidByte {
            throw error(.invalidFile, "this byte is not valid UTF-8; save the file as UTF-8", at: offset)
        }
        if let offset = self.bytes.firstIndex(of: 0) {
            throw error(.invalidFile, "a NUL byte cannot be part of SQL", at: offset)
        }
    }

    /// An error that points at a byte of the text.
    func error(_ code: MigrationError.Code, _ message: String, at offset: Int) -> MigrationError {
        MigrationError(code, message, location: location(at: offset), sourceLine: line(at: offset))
    }

    private var firstInvalidByte: Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var codec = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch codec.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
