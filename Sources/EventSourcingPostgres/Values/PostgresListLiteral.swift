/// Lists as the text that PostgreSQL reads: `{"a",NULL,"b"}`.
enum PostgresListLiteral {
    static func text(_ elements: [String?]) -> String {
        var text = "{"
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if let element {
                text += "\""
                for scalar in element.unicodeScalars {
                    if scalar == "\"" || scalar == "\\" { text += "\\" }
                    text.unicodeScalars.append(scalar)
                }
                text += "\""
            } else {
                text += "NULL"
            }
        }
        return text + "}"
    }
}

extension PostgresValueWriter where Self: ~Copyable {
    /// A list is written as its text, of which the statement makes the column's type.
    public mutating func write(literals: [String?], areBare: Bool, at column: Int) throws {
        try write(PostgresListLiteral.text(literals), at: column)
    }
}
