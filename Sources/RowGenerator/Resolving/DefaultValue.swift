import SQLSchema

/// Reads the literals among the default values of a database as Swift ones.
enum DefaultValue {
    /// The value that a property has unless an initializer is told otherwise, or nil when it must be told.
    ///
    /// - Parameter own: the generated type, when the column is of one.
    static func swift(
        of column: Column, as type: SwiftType, _ own: ResolvedType? = nil, in dialect: Dialect
    ) -> String? {
        let expression = column.defaultExpression.map { dialect == .postgres ? withoutCasts($0) : $0 } ?? "NULL"
        let value: String? =
            switch type {
            case .scalar(let type): literal(expression, as: type)
            case .own(_, let rawType): own.flatMap { literal(expression, as: rawType, of: $0) }
            case .list: expression == (dialect == .postgres ? "'{}'" : "'[]'") ? "[]" : nil
            case .range, .codable, .custom: nil
            }
        return value ?? (column.isNullable ? "nil" : nil)
    }

    /// A label of an enum, or a value of a domain.
    private static func literal(_ expression: String, as rawType: ColumnType, of own: ResolvedType) -> String? {
        guard let value = literal(expression, as: rawType) else { return nil }
        if let label = own.labels.first(where: { SwiftLiteral.string($0.text) == value }) {
            return ".\(SwiftName.escaped(label.name))"
        }
        return "\(own.typeName)(rawValue: \(value))"
    }

    /// A literal; nil for `CURRENT_TIMESTAMP` and all else that only the database can compute.
    private static func literal(_ expression: String, as type: ColumnType) -> String? {
        switch type {
        case .int64, .decimal: Int64(expression).map(String.init)
        case .int32: Int32(expression).map(String.init)
        case .int16: Int16(expression).map(String.init)
        case .bool: bool(expression)
        case .double, .float: Double(expression).flatMap { $0.isFinite ? "\($0)" : nil }
        case .string: text(expression).map(SwiftLiteral.string)
        case .uuid, .instant, .json, .bytes, .date, .time, .timeWithOffset, .localDateTime, .interval: nil
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

    /// PostgreSQL writes `'eu'::text`, and `'-1'::integer` or `(3)::smallint` for a number; anything that is more than a
    /// literal with a type stays as it is.
    private static func withoutCasts(_ expression: String) -> String {
        guard let cast = expression.lastRange(of: "::", after: expression.firstIndex(of: "'")) else {
            return expression
        }
        let type = expression[cast.upperBound...]
        guard type.allSatisfy({ $0.isLetter || $0.isNumber || "_ .\"()[],".contains($0) }) else { return expression }
        var value = String(expression[..<cast.lowerBound])
        if value.hasPrefix("("), value.hasSuffix(")") { value = withoutCasts(String(value.dropFirst().dropLast())) }
        // A number that is negative stands in quotes, before its type.
        return isNumeric(type) ? text(value) ?? value : value
    }

    private static func isNumeric(_ type: Substring) -> Bool {
        ["bigint", "integer", "smallint", "real", "double precision", "numeric"].contains { type.hasPrefix($0) }
    }
}

extension String {
    /// The last place of a separator behind the text that begins at an index, if one does.
    fileprivate func lastRange(of separator: String, after quote: String.Index?) -> Range<String.Index>? {
        guard let quote, self[..<quote].allSatisfy({ $0 == "(" }) else {
            return ranges(of: separator).last
        }
        var index = self.index(after: quote)
        while index < endIndex {
            let next = self.index(after: index)
            if self[index] == "'" {
                guard next < endIndex, self[next] == "'" else {
                    return self[next...].ranges(of: separator).last
                }
                index = self.index(after: next)
            } else {
                index = next
            }
        }
        return nil
    }
}
