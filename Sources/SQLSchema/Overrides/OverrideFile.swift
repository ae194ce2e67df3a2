/// What people say about the Swift side of a schema that the database cannot: `schema/overrides.json`.
///
/// SQLite cannot tell INTEGER the number from INTEGER the instant, nor TEXT from a UUID in it; where PostgreSQL has the
/// same table, its types decide, and nothing needs to be said. A name may have no Swift name that everybody would guess.
/// And a table of PostgreSQL is that of the same name in SQLite, whatever its schema, unless `tables` says otherwise.
///
/// ```json
/// {
///   "columns": {"shipments.shipped_at": "instant", "customers.id": "uuid"},
///   "names": {"customers.2fa_secret": "secondFactorSecret"},
///   "tables": {"audit.events": "audit_events", "archive.customers": null}
/// }
/// ```
public struct OverrideFile: Sendable {
    /// What the file says about one table or column, and where.
    public struct Entry<Value: Hashable & Sendable>: Hashable, Sendable {
        /// What it says.
        public let value: Value
        /// Where its key stands.
        public let location: FileLocation
    }

    /// The Swift types of columns by `table.column`.
    public let columnTypes: [String: Entry<ColumnType>]

    /// The Swift names of tables and columns by `table` and `table.column`; what a table's type names begin with.
    public let swiftNames: [String: Entry<String>]

    /// The tables and views of SQLite that those of PostgreSQL are, by `schema.table`; nil for one that SQLite has not.
    public let tables: [String: Entry<String?>]

    /// No overrides: the file is not there.
    public static let none = OverrideFile(columnTypes: [:], swiftNames: [:], tables: [:])

    private init(
        columnTypes: [String: Entry<ColumnType>], swiftNames: [String: Entry<String>], tables: [String: Entry<String?>]
    ) {
        self.columnTypes = columnTypes
        self.swiftNames = swiftNames
        self.tables = tables
    }

    /// Reads a file and checks it against the snapshot that it belongs to.
    ///
    /// - Parameters:
    ///   - bytes: what the file holds.
    ///   - path: what messages call the file.
    ///   - snapshot: the schema whose tables and columns it names.
    /// - Throws: ``InvalidSchemaError`` with everything that is wrong, each with its line and column.
    public init(_ bytes: [UInt8], path: String, for snapshot: SchemaSnapshot) throws(InvalidSchemaError) {
        var reader = OverrideReader(SourceText(file: path, bytes: bytes), snapshot: snapshot)
        try reader.read()
        self.init(columnTypes: reader.columnTypes, swiftNames: reader.swiftNames, tables: reader.tables)
    }
}
