/// A query of a team's own, as the databases have typed it.
public struct NamedQuery: Hashable, Sendable {
    /// What it is called: `OpenOrders`.
    public var name: String
    /// The file that it stands in, from the package's folder on: `Sources/Shop/queries/orders.sql`.
    public var file: String
    /// What it gives back.
    public var cardinality: QueryCardinality
    /// The lines of the comment below its name.
    public var documentation: [String]
    /// What changes when its text does.
    public var checksum: String
    /// What it is in each dialect that it was written for.
    public var forms: [Dialect: QueryForm]

    /// The folder `queries` that it stands in: `Sources/Shop/queries`; a name is that of one query there in each dialect.
    package var folder: String { Self.folder(of: file) }

    /// The folder `queries` that a file is in, or in a folder of.
    package static func folder(of file: String) -> String {
        let folders = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        guard let queries = folders.lastIndex(of: "queries") else { return folders.joined(separator: "/") }
        return folders[...queries].joined(separator: "/")
    }

    /// Creates a named query.
    public init(
        name: String, file: String, cardinality: QueryCardinality, documentation: [String] = [], checksum: String,
        forms: [Dialect: QueryForm] = [:]
    ) {
        self.name = name
        self.file = file
        self.cardinality = cardinality
        self.documentation = documentation
        self.checksum = checksum
        self.forms = forms
    }
}

/// A named query in one dialect: the statement that is sent, and what goes into it and comes out of it.
public struct QueryForm: Hashable, Sendable {
    /// The statement, with the parameters as the dialect numbers them.
    public var sql: String
    /// The parameters in the order of their numbers.
    public var parameters: [QueryParameter]
    /// The columns in the order of the result.
    public var columns: [QueryColumn]

    /// Creates the form of a query.
    public init(sql: String, parameters: [QueryParameter], columns: [QueryColumn]) {
        self.sql = sql
        self.parameters = parameters
        self.columns = columns
    }
}

/// A parameter of a named query.
public struct QueryParameter: Hashable, Sendable {
    /// What it is called in the query: `placed_after`.
    public var name: String
    /// The type that the database gave it; empty in SQLite, whose parameters have none.
    public var type: String
    /// Whether it can be NULL: the query says so with `:placed_after?`.
    public var isNullable: Bool
    /// What the query declares it to be, a word of the override file or a `table.column`; nil when it says nothing.
    public var declaration: String?

    /// Creates a parameter.
    public init(name: String, type: String, isNullable: Bool, declaration: String? = nil) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.declaration = declaration
    }
}

/// A column of the result of a named query.
public struct QueryColumn: Hashable, Sendable {
    /// What it is called, without what the query says behind its name.
    public var name: String
    /// The type that the database gave it; empty for an expression in SQLite.
    public var type: String
    /// Whether it can be NULL.
    public var isNullable: Bool
    /// The column of a table that the value comes from as it is; nil for an expression.
    public var origin: ColumnOrigin?
    /// The type that the query chooses, a word of the override file; nil when it chooses none.
    public var choice: String?

    /// Creates a column.
    public init(
        name: String, type: String, isNullable: Bool, origin: ColumnOrigin? = nil, choice: String? = nil
    ) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.origin = origin
        self.choice = choice
    }
}

/// The column of a table or a view that a value comes from.
public struct ColumnOrigin: Hashable, Sendable {
    /// The table or the view.
    public var relation: RelationName
    /// The column.
    public var column: String

    /// Creates an origin.
    public init(relation: RelationName, column: String) {
        self.relation = relation
        self.column = column
    }
}
