/// A place in a file, written as compilers write it: `schema/schema.json:4:39`.
public struct FileLocation: Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was given.
    public var file: String
    /// The line; the first is 1.
    public var line: Int
    /// The column in characters; the first is 1.
    public var column: Int

    /// Creates a location from a file, a line and a column, both counted from 1.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// Finds line and column of a byte offset in the text of a file.
    ///
    /// Columns count characters (Unicode scalars), as editors show them, not bytes.
    public init(file: String, text: some BidirectionalCollection<UInt8>, offset: Int) {
        var line = 1
        var column = 1
        for byte in text.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {  // every byte but the continuation of a scalar
                column += 1
            }
        }
        self.init(file: file, line: line, column: column)
    }

    /// `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }
}
