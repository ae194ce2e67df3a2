/// A row whose texts, JSON and bytes can be looked at where the database library has them, without a copy.
package protocol ContentReader: RowReader, ~Copyable {
    /// Runs a closure with the bytes of a text, of JSON or of bytes, which are valid inside of it only.
    ///
    /// - Throws: `DatabaseError` when the value is anything else, and what the closure throws.
    borrowing func withContent<Value>(
        at column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
    ) throws -> Value
}
