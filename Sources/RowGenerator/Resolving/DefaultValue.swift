import SQLSchema

/// Reads the literals among the default values of a database as Swift ones.
enum DefaultValue {
    /// The value that a property has unless an initializer is told otherwise, or nil when it must be told.
    static func swift(of column: Column, as type: ColumnType) -> String? {
        literal(column.defaultExpression ?? "NULL", as: type) ?? (column.isNullable ? "nil" : nil)
    }

    /// A literal; nil for `CURRENT_TIMESTAMP` and all else that only the database can compute.
    private static func literal(_ expression: String, as type: ColumnType) -> String? {
        switch type {
        case .int64: Int64(expression).map(String.init)
        case .int32: Int32(expression).map(String.init)
        case .int16: Int16(expression).map(String.init)
        case .bool: bool(expression)
        case .double, .float: Double(expression).flatMap { $0.isFinite ? "\($0)" : nil }
        case .string: text(expression).map(SwiftLiteral.string)
        case .uuid, .instant, .json, .bytes: nil
        }
    }

    private static func bool(_ expression: String) -> String? {
        switch expression.uppercased() {
        case "0", "FALSE": "false"
        case "1", "TRUE": "true"
        default: nil
        }
    }

    /// The text between single quotes, in which a quote is written twice.
    private static func text(_ expression: String) -> String? {
        guard expression.utf8.count >= 2, expression.hasPrefix("'"), expression.hasSuffix("'") else { return nil }
        let parts = expression.dropFirst().dropLast().split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return nil }
        for (index, part) in parts.enumerated() where index % 2 == 1 && !part.isEmpty { return nil }
        return stride(from: 0, to: parts.count, by: 2).map { String(parts[$0]) }.joined(separator: "'")
    }
}
