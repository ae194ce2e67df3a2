/// What introspection finds in a database: its tables with all that belongs to them, its views, in PostgreSQL its types
/// and functions, and the details that no code is generated from.
///
/// The database wrote every text in here (types, defaults, definitions); none of it was parsed out of a migration.
public struct Catalog: Hashable, Sendable {
    /// The tables, sorted by name.
    public var tables: [Table]
    /// The views, sorted by name.
    public var views: [View]
    /// The enums, sorted by name; SQLite has none.
    public var enums: [Enumeration]
    /// The domains, sorted by name; SQLite has none.
    public var domains: [Domain]
    /// The functions and procedures, sorted by name; those of SQLite are not in the database.
    public var functions: [Function]
    /// Everything else, sorted by kind and name.
    public var details: [CatalogDetail]

    /// Creates a catalog and sorts its parts by name.
    public init(
        tables: [Table] = [], views: [View] = [], enums: [Enumeration] = [], domains: [Domain] = [],
        functions: [Function] = [], details: [CatalogDetail] = []
    ) {
        self.tables = tables.sorted { $0.name < $1.name }
        self.views = views.sorted { $0.name < $1.name }
        self.enums = enums.sorted { $0.name < $1.name }
        self.domains = domains.sorted { $0.name < $1.name }
        self.functions = functions.sorted { ($0.name, $0.arguments) < ($1.name, $1.arguments) }
        self.details = details.sorted()
    }

    /// The table of that name, or nil.
    public func table(_ name: RelationName) -> Table? {
        tables.first { $0.name == name }
    }
}

/// The name of a table or a view, with the schema it lives in.
public struct RelationName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The schema, as PostgreSQL has them; nil in SQLite.
    public var schema: String?
    /// The name within the schema.
    public var name: String

    /// Creates a name; leave the schema out for SQLite.
    public init(schema: String? = nil, _ name: String) {
        self.schema = schema
        self.name = name
    }

    /// The name quoted for SQL, with its schema where there is one.
    public var quoted: String {
        [schema, name].compactMap { $0.map(SQLIdentifier.quoted) }.joined(separator: ".")
    }

    /// The name as people write it: `orders.order_events`.
    public var description: String {
        [schema, name].compactMap { $0 }.joined(separator: ".")
    }

    /// Two names are the same when their UTF-8 bytes are, as in a database.
    public static func == (left: RelationName, right: RelationName) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8)
            && (left.schema == nil) == (right.schema == nil)
            && (left.schema ?? "").utf8.elementsEqual((right.schema ?? "").utf8)
    }

    /// Hashes the bytes that `==` compares.
    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
        for byte in (schema ?? "").utf8 { hasher.combine(byte) }
    }

    /// Orders names by schema, then by name, each by its UTF-8 bytes.
    public static func < (left: RelationName, right: RelationName) -> Bool {
        let (leftSchema, rightSchema) = ((left.schema ?? "").utf8, (right.schema ?? "").utf8)
        if !leftSchema.elementsEqual(rightSchema) { return leftSchema.lexicographicallyPrecedes(rightSchema) }
        return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}

/// A table with its columns in their order, its constraints, indexes and triggers.
public struct Table: Hashable, Sendable {
    /// What the table is called.
    public var name: RelationName
    /// The columns in the table's order.
    public var columns: [Column]
    /// The columns of the primary key in its order; empty when there is none.
    public var primaryKey: [String]
    /// The unique constraints and unique indexes over plain columns, beside the primary key.
    public var uniqueKeys: [[String]]
    /// The foreign keys.
    public var foreignKeys: [ForeignKey]
    /// The indexes that were created as such, sorted by name.
    public var indexes: [NamedDefinition]
    /// The triggers, sorted by name.
    public var triggers: [NamedDefinition]
    /// The statement that creates the table, as the database keeps it.
    public var definition: String

    /// Creates a table and brings its keys, indexes and triggers into their order.
    public init(
        name: RelationName, columns: [Column], primaryKey: [String] = [], uniqueKeys: [[String]] = [],
        foreignKeys: [ForeignKey] = [], indexes: [NamedDefinition] = [], triggers: [NamedDefinition] = [],
        definition: String
    ) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.uniqueKeys = Set(uniqueKeys).sorted { $0.lexicographicallyPrecedes($1) }
        self.foreignKeys = foreignKeys.sorted { $0.columns.lexicographicallyPrecedes($1.columns) }
        self.indexes = indexes.sorted { $0.name < $1.name }
        self.triggers = triggers.sorted { $0.name < $1.name }
        self.definition = definition
    }

    /// The column of that name, or nil.
    public func column(_ name: String) -> Column? {
        columns.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

/// A column of a table or a view.
public struct Column: Hashable, Sendable {
    /// What the column is called.
    public var name: String
    /// The type as the database writes it, such as `timestamp with time zone` or `INTEGER`.
    public var type: String
    /// Whether the column may hold NULL.
    public var isNullable: Bool
    /// The expression of the default value, or nil when there is none.
    public var defaultExpression: String?
    /// Whether the database computes the column, so that it cannot be written.
    public var isGenerated: Bool
    /// Whether the database counts the column up; nil when it does not, and in SQLite, where the definition says so.
    public var identity: Identity?

    /// When a column that the database counts up can be written.
    public enum Identity: String, CaseIterable, Hashable, Sendable {
        /// Only by a statement that says `OVERRIDING SYSTEM VALUE`.
        case always
        /// Whenever a statement does.
        case byDefault
    }

    /// Creates a column.
    public init(
        name: String, type: String, isNullable: Bool, defaultExpression: String? = nil, isGenerated: Bool = false,
        identity: Identity? = nil
    ) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.defaultExpression = defaultExpression
        self.isGenerated = isGenerated
        self.identity = identity
    }
}

/// A reference from columns of one table to columns of another.
public struct ForeignKey: Hashable, Sendable {
    /// The columns that refer.
    public var columns: [String]
    /// The table that they refer to.
    public var references: RelationName
    /// The columns of that table.
    public var referencedColumns: [String]
    /// What a delete of the row referred to does: `NO ACTION`, `CASCADE`, …
    public var onDelete: String
    /// What an update of its key does.
    public var onUpdate: String

    /// Creates a foreign key.
    public init(
        columns: [String], references: RelationName, referencedColumns: [String], onDelete: String, onUpdate: String
    ) {
        self.columns = columns
        self.references = references
        self.referencedColumns = referencedColumns
        self.onDelete = onDelete
        self.onUpdate = onUpdate
    }
}

/// An index or a trigger: a name, and the statement that creates it as the database keeps it.
public struct NamedDefinition: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// The statement that creates it.
    public var definition: String

    /// Creates a named definition.
    public init(name: String, definition: String) {
        self.name = name
        self.definition = definition
    }
}

/// A view: a query that can be read as a table.
public struct View: Hashable, Sendable {
    /// What the view is called.
    public var name: RelationName
    /// Its columns in their order.
    public var columns: [Column]
    /// The statement that creates it, as the database keeps it.
    public var definition: String

    /// Creates a view.
    public init(name: RelationName, columns: [Column], definition: String) {
        self.name = name
        self.columns = columns
        self.definition = definition
    }
}
