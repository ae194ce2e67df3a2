/// What a database says of a statement that it has prepared and not run.
public struct QueryDescription: Hashable, Sendable {
    /// A column of the result.
    public struct Column: Hashable, Sendable {
        /// What it is called, as the statement says.
        public var name: String
        /// The type as the catalog writes it; empty for an expression in SQLite.
        public var type: String
        /// Whether NULL can come out, as far as the database can tell; true when it cannot.
        public var isNullable: Bool
        /// Where the value comes from; nil for an expression.
        public var origin: ColumnOrigin?

        /// Creates a column.
        public init(name: String, type: String, isNullable: Bool, origin: ColumnOrigin?) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
            self.origin = origin
        }
    }

    /// The types of the parameters in the order of their numbers; empty texts in SQLite.
    public var parameterTypes: [String]
    /// The columns of the result; empty when it has none.
    public var columns: [Column]

    /// Creates a description.
    public init(parameterTypes: [String], columns: [Column]) {
        self.parameterTypes = parameterTypes
        self.columns = columns
    }
}
