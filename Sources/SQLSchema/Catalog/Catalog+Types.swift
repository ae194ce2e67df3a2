/// A type that has a fixed list of values: `CREATE TYPE … AS ENUM`.
public struct Enumeration: Hashable, Sendable {
    /// What the type is called.
    public var name: RelationName
    /// The values in their order.
    public var labels: [String]

    /// Creates an enum.
    public init(name: RelationName, labels: [String]) {
        self.name = name
        self.labels = labels
    }
}

/// A type that is another one with conditions: `CREATE DOMAIN`.
public struct Domain: Hashable, Sendable {
    /// What the type is called.
    public var name: RelationName
    /// The type below it, as the database writes it.
    public var type: String
    /// Whether a column of the type may hold NULL, as far as the domain says.
    public var isNullable: Bool
    /// The expression of the default value, or nil when there is none.
    public var defaultExpression: String?
    /// The conditions, sorted by name, as the database writes them: `CHECK ((VALUE > 0))`.
    public var checks: [NamedDefinition]

    /// Creates a domain.
    public init(
        name: RelationName, type: String, isNullable: Bool, defaultExpression: String? = nil,
        checks: [NamedDefinition] = []
    ) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.defaultExpression = defaultExpression
        self.checks = checks.sorted { $0.name < $1.name }
    }
}

/// A function or a procedure of the database, such as that of a trigger.
public struct Function: Hashable, Sendable {
    /// What it is called; several can have one name.
    public var name: RelationName
    /// The types of its arguments, as the database writes them.
    public var arguments: String
    /// The statement that creates it, as the database keeps it.
    public var definition: String

    /// Creates a function.
    public init(name: RelationName, arguments: String, definition: String) {
        self.name = name
        self.arguments = arguments
        self.definition = definition
    }
}
