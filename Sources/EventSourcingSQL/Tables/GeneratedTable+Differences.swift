package import SQLSchema

extension GeneratedTable {
    /// Compares what the code was generated for with what a database has.
    ///
    /// More columns than expected are no difference, as long as the code can insert without them.
    ///
    /// - Parameter uniqueKeys: the keys without which the contract does not hold.
    /// - Returns: each `table.column` that differs, in words; empty when the code fits.
    package static func differences(
        from catalog: Catalog, in dialect: Dialect, uniqueKeys: [[String]]
    ) -> [String] {
        guard let name = names[dialect] else { return ["\(self) was generated without \(dialect.displayName)"] }
        guard let table = catalog.table(name) else { return ["\(name): there is no such table"] }
        let expected = columns[dialect] ?? []
        let different = expected.flatMap { differences(from: table.column($0.name), expected: $0, in: table) }
        let unknown = table.columns.filter { column in
            column.isRequired && !expected.contains { $0.name.utf8.elementsEqual(column.name.utf8) }
        }
        let missing = uniqueKeys.filter { $0 != table.primaryKey && !table.uniqueKeys.contains($0) }
        return different + unknown.map { "\(name).\($0.name): unknown, and NOT NULL without a default" }
            + missing.map { "\(name): expected UNIQUE (\($0.joined(separator: ", "))), there is no such key" }
    }

    private static func differences(from actual: Column?, expected: Column, in table: Table) -> [String] {
        let place = "\(table.name).\(expected.name)"
        guard let actual else { return ["\(place): expected \(expected.type), there is no such column"] }
        var differences: [String] = []
        if actual.type != expected.type {
            differences.append("\(place): expected \(expected.type), found \(actual.type)")
        }
        if actual.isNullable, !expected.isNullable {
            differences.append("\(place): expected NOT NULL, found a column that allows NULL")
        }
        if actual.isGenerated, !expected.isGenerated {
            differences.append(
                "\(place): expected a column that can be written, found one that the database computes")
        } else if !actual.isNullable, expected.isNullable, !expected.isGenerated {
            differences.append("\(place): expected a column that allows NULL, found NOT NULL")
        }
        return differences
    }
}
