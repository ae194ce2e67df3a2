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
        case .text:
            [.string, .uuid, .json, .decimal, .date, .time, .timeWithOffset, .localDateTime, .interval]
        case .blob: [.bytes]
        }
    }

    /// Whether such a column can keep a type.
    public func canHold(_ type: SwiftType) -> Bool {
        switch type {
        case .scalar(let type), .own(_, let type): types.contains(type)
        case .list, .range, .codable: self == .text
        case .custom: true
        }
    }

    /// The Swift types that a column can hold whose declared type leaves doubt, such as `ANY` or `DATETIME`.
    ///
    /// SQLite makes a number of a text that looks like one, unless the column's declared type has the affinity of a text
    /// or of nothing (<https://sqlite.org/datatype3.html#determination_of_column_affinity>), so that `007` would not come
    /// back from a column that is declared as `NUMERIC`.
    static func types(ofUnclear declaredType: String) -> [ColumnType] {
        let name = declaredType.uppercased()
        let keepsText =
            name.isEmpty || name == "ANY" || ["CHAR", "CLOB", "TEXT", "BLOB"].contains { name.contains($0) }
        return keepsText
            ? ColumnType.allCases : ColumnType.allCases.filter { ![.string, .json, .decimal].contains($0) }
    }
}
