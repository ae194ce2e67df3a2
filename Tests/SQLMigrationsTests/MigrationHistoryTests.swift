import SQLMigrations
import SQLSchema
import Testing

@Suite("The table of the history")
struct MigrationHistoryTests {
    @Test("Its columns stand in the order that drivers read and write them", arguments: Dialect.allCases)
    func columns(dialect: Dialect) {
        let lines = MigrationHistory.createTable(for: dialect).split(separator: "\n").dropFirst()
        let names = lines.compactMap { $0.hasPrefix("    ") ? $0.split(separator: " ").first.map(String.init) : nil }
        #expect(names == MigrationHistory.columns)
    }

    @Test("It knows every state")
    func states() {
        #expect(
            MigrationHistory.createTable(for: .sqlite).contains(
                "CHECK (state IN ('running', 'applied', 'failed', 'undoing'))"))
    }

    @Test("In PostgreSQL it is created in the schema that is asked for, in SQLite it is strict")
    func dialects() {
        let postgres = MigrationHistory.createTable(for: .postgres, in: "my schema")
        #expect(postgres.hasPrefix("CREATE TABLE \"my schema\".\"schema_history\" (\n"))
        let sqlite = MigrationHistory.createTable(for: .sqlite)
        #expect(sqlite.hasPrefix("CREATE TABLE \"schema_history\" (\n"))
        #expect(sqlite.hasSuffix(") STRICT"))
    }
}
