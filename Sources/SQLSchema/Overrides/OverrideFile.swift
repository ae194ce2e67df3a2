/// What people say about the Swift side of a schema that the database cannot.
///
/// A package has one for all its targets, `schema/overrides.json`, and each target can have one of its own,
/// `row-mappers.json` among its sources, whose entries come before those of the package. Both have the same format:
///
/// ```json
/// {
///   "include": ["orders.*"],
///   "exclude": ["orders.old_events"],
///   "access": "package",
///   "columns": {"shipments.shipped_at": "instant", "customers.address": {"codable": "Address", "import": "Shop"}},
///   "types": {"orders.email": "own"},
///   "names": {"customers.2fa_secret": "secondFactorSecret"},
///   "tables": {"audit.events": "audit_events", "archive.customers": null}
/// }
/// ```
///
/// SQLite cannot tell INTEGER the number from INTEGER the instant, nor TEXT from a UUID in it; where PostgreSQL has the
/// same table, its types decide, and nothing needs to be said. A name may have no Swift name that everybody would guess.
/// And a table of PostgreSQL is that of the same name in SQLite, whatever its schema, unless `tables` says otherwise.
public struct OverrideFile: Sendable {
    /// What the file says about one table or column, and where.
    public struct Entry<Value: Hashable & Sendable>: Hashable, Sendable {
        /// What it says.
        public let value: Value
        /// Where its key stands.
        public let location: FileLocation
    }

    /// The Swift types of columns by `table.column`.
    public internal(set) var columnTypes: [String: Entry<TypeChoice>] = [:]

    /// The Swift types of all columns of a database type, by its name: `orders.email`, `jsonb`.
    public internal(set) var databaseTypes: [String: Entry<TypeChoice>] = [:]

    /// The Swift names of tables, columns, enums, domains and an enum's labels, by `table`, `table.column`, `type` and
    /// `type.label`; what a table's type names begin with.
    public internal(set) var swiftNames: [String: Entry<String>] = [:]

    /// The tables and views of SQLite that those of PostgreSQL are, by `schema.table`; nil for one that SQLite has not.
    public internal(set) var tables: [String: Entry<String?>] = [:]

    /// The tables and views that get code; nil means all.
    public internal(set) var included: [Entry<TablePattern>]?

    /// The tables and views that get none, though they are included.
    public internal(set) var excluded: [Entry<TablePattern>] = []

    /// Who can use the code; nil means everybody.
    public internal(set) var access: Entry<AccessLevel>?

    /// No overrides: the file is not there.
    public static let none = OverrideFile()

    init() {}

    /// Reads a file and checks it against the snapshot that it belongs to.
    ///
    /// - Parameters:
    ///   - bytes: what the file holds.
    ///   - path: what messages call the file.
    ///   - snapshot: the schema whose tables and columns it names.
    /// - Throws: ``InvalidSchemaError`` with everything that is wrong, each with its line and column.
    public init(_ bytes: [UInt8], path: String, for snapshot: SchemaSnapshot) throws(InvalidSchemaError) {
        var reader = OverrideReader(SourceText(file: path, bytes: bytes), snapshot: snapshot)
        self = try reader.read()
    }

    /// The file of a package with what the file of a target says instead, and beyond.
    public func overridden(by target: OverrideFile) -> OverrideFile {
        var file = self
        file.columnTypes.merge(target.columnTypes) { _, new in new }
        file.databaseTypes.merge(target.databaseTypes) { _, new in new }
        file.swiftNames.merge(target.swiftNames) { _, new in new }
        file.tables.merge(target.tables) { _, new in new }
        file.included = target.included ?? included
        file.excluded += target.excluded
        file.access = target.access ?? access
        return file
    }

    /// Whether a table or view gets code that goes by these names.
    public func includes(_ names: [String]) -> Bool {
        func isMeant(by patterns: [Entry<TablePattern>]) -> Bool {
            patterns.contains { pattern in names.contains { pattern.value.matches($0) } }
        }
        return included.map(isMeant) ?? true && !isMeant(by: excluded)
    }
}
