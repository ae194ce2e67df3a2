import ArgumentParser
import Foundation
import SQLSchema

extension SchemaCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Fail when the snapshot is not the one that the migrations give.",
            discussion: """
                Changes nothing. Exits with 1 and says what differs. With --compatible-with it also fails when a program \
                that was built from an earlier snapshot does not work on the new schema, as one that is still running \
                while the next is rolled out.

                Example:
                  event-store schema check --compatible-with origin/main
                """)

        @OptionGroup var options: MigrationOptions
        @OptionGroup var server: PostgresServerOptions
        @OptionGroup var queries: QueryOptions

        @Option(help: ArgumentHelp("The folder of the snapshot.", valueName: "folder"))
        var schema = "schema"

        @Option(
            help: ArgumentHelp(
                "An earlier snapshot, as a file or as a revision of Git.", valueName: "revision or file"))
        var compatibleWith: String?

        func run() throws {
            let expected = try SnapshotBuilder(options: options, server: server, queries: queries.folder).build()
            let files = SnapshotFiles(folder: schema)
            let stale = try files.stale(against: expected)
            guard let first = stale.first else {
                print("\(schema) is what the migrations give")
                if let compatibleWith {
                    try Self.checkCompatibility(of: compatibleWith, in: schema, with: expected)
                }
                return
            }
            if let text = files.text(at: first), first == "\(schema)/schema.json" {
                let committed = try SnapshotFile(Array(text.utf8), path: first).snapshot
                for line in differences(from: committed, to: expected) { print(line) }
            }
            throw CheckFailure(
                description: "\(stale.joined(separator: ", ")): not what the migrations give; "
                    + "run: event-store schema dump")
        }

        private func differences(from committed: SchemaSnapshot, to expected: SchemaSnapshot) -> [String] {
            let changedQueries = Set(committed.queries).symmetricDifference(expected.queries)
            let queries = Set(changedQueries.map { "query \($0.name) of \($0.file)" }).sorted()
            return queries
                + Dialect.allCases.flatMap { dialect -> [String] in
                    let old = committed.dialects[dialect] ?? DialectSnapshot(catalog: Catalog(), migrations: [])
                    let new = expected.dialects[dialect] ?? DialectSnapshot(catalog: Catalog(), migrations: [])
                    let names = Set(old.migrations).symmetricDifference(new.migrations).map(\.name)
                    let migrations = Set(names).sorted().map { "migration \($0)" }
                    let catalogs = SchemaDiff(from: old.catalog, to: new.catalog).changes.map { "\($0)" }
                    return (migrations + catalogs).map { "\(dialect.rawValue): \($0)" }
                }
        }
    }
}
