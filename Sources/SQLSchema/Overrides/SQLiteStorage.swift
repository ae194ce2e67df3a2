/// What SQLite keeps in a column of a declared type.
public enum SQLiteStorage: String, CaseIterable, Hashable, Sendable {
    /// Whole numbers.
    case integer = "INTEGER"
    /// Numbers of double precision.
    case real = "REAL"
    /// Text.
    case text = "TEXT"
    /// Bytes.
    case blob = "BLOB"

    /// Finds the storage of a declared type that leaves no doubt; nil for `ANY`, `NUMERIC`, `DATETIME` and the like.
    public init?(declaredType: String) {
        // VARCHAR(20) is VARCHAR: SQLite does not keep to the length either.
        let name = declaredType.uppercased().prefix { $0 != "(" }
        switch name.split(separator: " ").joined(separator: " ") {
        case "INTEGER", "INT", "TINYINT", "SMALLINT", "MEDIUMINT", "BIGINT", "INT2", "INT4", "INT8": self = .integer
        case "REAL", "DOUBLE", "DOUBLE PRECISION", "FLOAT": self = .real
        case "TEXT", "VARCHAR", "CHARACTER VARYING", "VARYING CHARACTER", "CHARACTER", "CHAR", "NCHAR", "NVARCHAR",
            "CLOB":
            self = .text
        case "BLOB": self = .blob
        default: return nil
        }
    }

    /// The Swift types that such a column can hold; the first is the one unless the override file says otherwise.
    public var types: [ColumnType] {
        switch self {
        case .integer: [.int64, .int32, .int16, .bool, .instant]
        case .real: [.double, .float]
        case .text: [.string, .uuid, .json]
        case .blob: [.bytes]
        }
    }
}
