public import EventSourcing

extension Event {
    /// Creates the event of a row; generated row mappers do.
    ///
    /// Its id and its JSON are taken over together, into one piece of memory.
    ///
    /// - Parameters:
    ///   - row: the row.
    ///   - id: the column of the id.
    ///   - json: the column of the data as JSON.
    ///   - binary: the column of the data as bytes; at most one of the two is not NULL.
    /// - Throws: `DatabaseError` when the id is no text, or the data is something else than the column is for.
    @inlinable
    public init<Row: RowReader & ~Copyable>(
        _ row: borrowing Row, id: Int, type: String, source: String, subject: String?, time: Instant?, json: Int,
        binary: Int, dataContentType: String?, dataSchema: String?, specVersion: String,
        extensions: [String: ExtensionValue], correlationID: String?, causationID: String?, columns: Columns
    ) throws {
        let shared = try row.withText(at: id, expected: "a text") { idText in
            guard let idText else { throw row.unexpectedValue(at: id, expected: "a text") }
            guard idText.isASCII || String(exactly: idText) != nil else {
                throw row.unexpectedValue(at: id, expected: "a text in UTF-8")
            }
            return try row.withText(at: json, expected: "JSON as a text") { jsonText in
                if let jsonText {
                    SharedAttributes(
                        id: idText, type: type, source: source, subject: subject, time: time, json: jsonText,
                        dataContentType: dataContentType, dataSchema: dataSchema, specVersion: specVersion,
                        extensions: extensions, correlationID: correlationID, causationID: causationID)
                } else {
                    SharedAttributes(
                        id: String(decoding: idText, as: UTF8.self), type: type, source: source, subject: subject,
                        time: time, data: row.isNull(at: binary) ? nil : .binary(try row.bytes(at: binary)),
                        dataContentType: dataContentType, dataSchema: dataSchema, specVersion: specVersion,
                        extensions: extensions, correlationID: correlationID, causationID: causationID)
                }
            }
        }
        self.init(shared: shared, columns: columns)
    }
}
