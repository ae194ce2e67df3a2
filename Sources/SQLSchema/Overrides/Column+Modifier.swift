extension Column {
    /// The type without what stands in parentheses, as it is written into SQL: `numeric` for `numeric(10,2)`.
    ///
    /// `character` and `bit` alone would mean one character and one bit, so that they go by their other names.
    package var typeWithoutModifier: String {
        // A name in quotes is that of a type somebody made, which has no modifier, but perhaps parentheses.
        guard !type.contains("\"") else { return type }
        return switch PostgresStorage.withoutModifier(type) {
        case "character": "pg_catalog.bpchar"
        case "character[]": "pg_catalog.bpchar[]"
        case "bit": "pg_catalog.\"bit\""
        case "bit[]": "pg_catalog.\"bit\"[]"
        case let type: type
        }
    }

    /// Whether the column is of a type as an override file names it: `numeric` is also `numeric(10,2)`.
    package func isOf(_ type: String) -> Bool {
        self.type == type || PostgresStorage.withoutModifier(self.type) == type
    }
}
