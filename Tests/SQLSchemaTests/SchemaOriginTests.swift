import SQLSchema
import Testing

@Suite struct SchemaOriginTests {
    private static func table(_ columns: [String], check: String = "1") -> Catalog {
        Catalog(tables: [
            Table(
                name: RelationName("a"), columns: columns.map { Column(name: $0, type: "TEXT", isNullable: true) },
                definition: "CREATE TABLE a (\(columns.joined(separator: ", ")), CHECK (\(check)))")
        ])
    }

    private func step(_ history: [Catalog], actual: Catalog, _ subject: String) -> Int? {
        let change = SchemaDiff(from: history.last ?? Catalog(), to: actual).changes.first { $0.subject == subject }
        return change.flatMap { SchemaOrigin(of: actual, after: history).step(of: $0) }
    }

    @Test func namesTheStepThatMadeWhatIsGone() {
        let history = [Self.table(["x"]), Self.table(["x", "y"]), Self.table(["x", "y", "z"])]
        #expect(step(history, actual: Self.table(["x", "z"]), "column a.y") == 1)
        #expect(step(history, actual: Self.table(["y", "z"]), "column a.x") == 0)
        #expect(step(history, actual: Catalog(), "table a") == 0)
    }

    @Test func namesTheStepThatRemovedWhatIsThere() {
        let history = [Self.table(["x", "y"]), Self.table(["x"]), Self.table(["x", "z"])]
        #expect(step(history, actual: Self.table(["x", "y", "z"]), "column a.y") == 1)
    }

    @Test func doesNotGuessAboutWhatNeverWas() {
        #expect(step([Self.table(["x"])], actual: Self.table(["x", "new"]), "column a.new") == nil)
        #expect(step([], actual: Self.table(["x"]), "table a") == nil)
    }
}
