import SQLSchema

extension SourceValue {
    /// A column of SQLite.
    ///
    /// - Parameters:
    ///   - type: what it holds, when somebody says so.
    ///   - choice: what somebody says it is to become.
    ///   - expected: what the same column of PostgreSQL becomes; nil when there is none.
    /// - Throws: ``BigQuerySchemaError`` when it cannot be that, or nobody knows what it is.
    init(
        sqlite column: Column, type: TypeChoice?, _ choice: BigQuerySettings.ColumnChoice?, expected: BigQueryField?
    ) throws {
        let name = SQLIdentifier.quoted(column.name)
        if let expected {
            self.init(expected.type, name)
            field = expected
            expression = Self.sqliteExpression(name, for: expected, declared: column.type)
            return
        }
        if let choice {
            guard choice != .records,
                let type = choice == .string ? .string : Optional(BigQueryType(rawValue: choice.rawValue))
            else { throw Self.refusal("RECORDS is for lists of PostgreSQL") }
            self.init(type, name)
        } else if let type {
            self.init(Self.bigQueryType(of: type), name)
            if case .list = type { field.mode = .repeated }
        } else if let known = Self.declared(column.type) {
            self.init(known, name)
        } else {
            throw Self.refusal(
                "SQLite's type '\(column.type)' says nothing about the values: say in schema/bigquery.json which type "
                    + "the column has in BigQuery")
        }
        expression = Self.sqliteExpression(name, for: field, declared: column.type)
    }

    /// Texts of numbers and of UUIDs that are kept as something else.
    private static func sqliteExpression(_ name: String, for field: BigQueryField, declared: String) -> String {
        switch field.type {
        case .numeric, .bigNumeric: return "CAST(\(name) AS TEXT)"
        case .string where field.mode != .repeated && declared.uppercased() == "BLOB":
            // A UUID in 16 bytes.
            let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)].map { "substr(hex(\(name)), \($0), \($1))" }
            return "CASE WHEN \(name) IS NOT NULL THEN lower(\(parts.joined(separator: " || '-' || "))) END"
        case .string where field.mode != .repeated && declared.uppercased() != "TEXT": return "CAST(\(name) AS TEXT)"
        default: return name
        }
    }

    private static func bigQueryType(of choice: TypeChoice) -> BigQueryType {
        switch choice {
        case .scalar(let type), .list(let type, _):
            switch type {
            case .int64, .int32, .int16: .integer
            case .bool: .boolean
            case .double, .float: .float
            case .string, .uuid, .decimal, .timeWithOffset, .interval: .string
            case .instant: .timestamp
            case .json: .json
            case .bytes: .bytes
            case .date: .date
            case .time: .time
            case .localDateTime: .dateTime
            }
        case .codable: .json
        case .own, .custom: .string
        }
    }

    /// What a declared type says (<https://sqlite.org/datatype3.html>).
    private static func declared(_ type: String) -> BigQueryType? {
        switch SQLiteStorage(declaredType: type) {
        case .integer: return .integer
        case .real: return .float
        case .text: return .string
        case .blob: return .bytes
        case nil: break
        }
        return switch type.uppercased().prefix(while: { $0 != "(" }) {
        case "BOOLEAN", "BOOL": .boolean
        case "DATETIME", "TIMESTAMP": .timestamp
        case "NUMERIC", "DECIMAL": .numeric
        case "JSON": .json
        case "DATE": .date
        default: nil
        }
    }
}
