import ArgumentParser
import Foundation

extension SchemaCommand {
    struct Dump: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dump",
            abstract: "Write the snapshot that the migrations give.",
            discussion: """
                The migrations of each dialect are applied to an empty database: in memory for SQLite, on a server that \
                is started for it, or on the one given with --postgres, for PostgreSQL. It is also asked about the named \
                queries, Sources/*/queries/*.sql. Files are written only when they change.

                When the folder has a folder bigquery, or a file bigquery.json, the events tables as BigQuery has them \
                are written into it, too.

                Example:
                  event-store schema dump
                """)

        @OptionGroup var options: MigrationOptions
        @OptionGroup var server: PostgresServerOptions
        @OptionGroup var queries: QueryOptions

        @Option(help: ArgumentHelp("The folder of the snapshot.", valueName: "folder"))
        var schema = "schema"

        func run() throws {
            let snapshot = try SnapshotBuilder(options: options, server: server, queries: queries.folder).build()
            let files = SnapshotFiles(folder: schema)
            try FileManager.default.createDirectory(atPath: schema, withIntermediateDirectories: true)
            for (path, text) in try files.contents(of: snapshot) {
                if files.text(at: path) == text {
                    print("unchanged \(path)")
                } else {
                    let url = URL(fileURLWithPath: path)
                    try FileManager.default.createDirectory(
                        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(text.utf8).write(to: url, options: .atomic)
                    print("wrote     \(path)")
                }
            }
            for path in try files.superfluous(for: snapshot) {
                try FileManager.default.removeItem(atPath: path)
                print("removed   \(path)")
            }
        }
    }
}
