extension PostgresRow {
    /// The exact text of a value, whatever the settings of the session are.
    public borrowing func literal(at column: Int) throws -> String {
        guard let format = format(of: column), let bytes = content(at: column),
            let text = PostgresLiteral.text(
                of: UnsafeRawBufferPointer(bytes), format, elementOID: result.columns.types[column].elementOID)
        else { throw unexpectedValue(at: column, expected: "a value that has a text") }
        return text
    }

    /// The exact texts of the elements of an array that has one dimension and begins at 1, as a list does.
    public borrowing func literals(at column: Int) throws -> [String?] {
        guard format(of: column) == .array, let bytes = content(at: column),
            let elements = PostgresLiteral.elements(
                of: UnsafeRawBufferPointer(bytes), result.columns.types[column])
        else { throw unexpectedValue(at: column, expected: "a list of one dimension that begins at 1") }
        return elements
    }
}
