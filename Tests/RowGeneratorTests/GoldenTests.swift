import Foundation
import RowGenerator
import SQLSchema
import Testing

/// What the generator makes of each folder in `Cases`, byte for byte.
///
/// `UPDATE_GOLDEN=1 swift test --filter GoldenTests` writes the expectations anew; look at the difference before you
/// commit them. The code of the case `team` is compiled into these tests, that of `standard` is `StandardSchema`, and
/// those of `team-postgres`, `postgres-only`, `contexts-orders`, `contexts-billing`, `internal-access` and `queries` are
/// modules of their own.
@Suite struct GoldenTests {
    @Test(arguments: GoldenCase.all) func generates(_ golden: GoldenCase) throws {
        let actual = golden.generate()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try golden.write(actual)
        }
        let difference = try golden.difference(to: actual)
        #expect(difference.isEmpty, "\(difference)")
    }

    @Test func thereAreCases() {
        #expect(GoldenCase.all.count >= 10)
    }

    @Test(arguments: ["contexts-orders", "queries", "standard", "team", "team-postgres", "postgres-only"])
    func snapshotsAreCanonical(name: String)
        throws
    {
        let golden = GoldenCase(name: name)
        #expect(try golden.snapshot().snapshot.encoded() == golden.snapshotBytes())
    }

    @Test func listOfFilesDoesNotDependOnTheSchema() throws {
        let empty = try SnapshotFile(SchemaSnapshot().encoded(), path: "schema/schema.json")
        let names = try RowGenerator.files(for: empty, overrides: .none).map(\.name)
        let rows = (0..<16).map { "Rows\($0 < 10 ? "0" : "")\($0).swift" }
        #expect(names == rows + ["Queries.swift", "Schema.swift"])
        let standard = try GoldenCase(name: "standard").snapshot()
        #expect(try RowGenerator.files(for: standard, overrides: .none).map(\.name) == names)
    }
}
