/// The bytes of a file, the name that messages give it, and where its lines begin.
package struct SourceText: Sendable {
    /// The file's name, as messages give it.
    package let file: String
    package let bytes: [UInt8]
    private let lineStarts: [Int]

    package init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        var lineStarts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(offset + 1) }
        self.lineStarts = lineStarts
    }

    /// Line and column of a byte; an offset beyond the text is its end.
    package func location(at offset: Int) -> FileLocation {
        let offset = min(max(offset, 0), bytes.count)
        let line = lineIndex(at: offset)
        let start = lineStarts[line]
        let inLine = FileLocation(file: file, text: bytes[start...], offset: offset - start)
        return FileLocation(file: file, line: line + 1, column: inLine.column)
    }

    /// The line that holds a byte, without its end.
    package func line(at offset: Int) -> String {
        let start = lineStarts[lineIndex(at: min(max(offset, 0), bytes.count))]
        return String(decoding: bytes[start...].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// The text of a range of bytes.
    package func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func lineIndex(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
