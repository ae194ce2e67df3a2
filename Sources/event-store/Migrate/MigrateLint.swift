import ArgumentParser
import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema

extension Migrate {
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint",
            abstract: "Try migrations on a shadow database, and say what they do to existing tables.",
            discussion: """
                Each statement is run on a database with a few rows in each table, and watched: the locks that it takes, \
                the tables that it rewrites or reads, the rows that it writes, and how the schema changes, also from \
                within functions. Nothing is guessed from the text, and no other database is changed.

                With --database, the migrations are tried that it lacks, and with --since those after a version; what \
                they create is used by nobody yet. Without either, each file is tried as if those before it were in use.

                A comment before a statement allows what a rule finds in it, and says why:
                  -- lint:allow table-rewrite because the table has 20 rows

                Exits with 1 when something is found.

                Example:
                  event-store migrate lint --since 20261123080200
                """)

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var options: MigrationOptions
        @OptionGroup var output: LintOutput

        @Option(help: ArgumentHelp("Try the migrations after this version.", valueName: "version"))
        var since: Int64?

        @Option(
            help: ArgumentHelp(
                "A PostgreSQL server on which a database is created and dropped again. Default: the environment's "
                    + "\(PostgresServerOptions.variable), or else a server that is started for it.", valueName: "url"))
        var shadow: String?

        func run() throws {
            try output.annotating(lint)
        }

        private func lint() throws {
            let parts = try pending()
            var report = LintReport()
            for part in parts {
                report.add(try ShadowRun(part: part, knowsUse: knowsUse, server: try server()).report())
            }
            for (table, reason) in report.unfilled.sorted(by: { $0.key < $1.key }) {
                StandardError.write(
                    "no row could be put into \(table) on the shadow (\(reason)); what happens to its rows was not seen"
                )
            }
            try output.write(report)
        }

        private var knowsUse: Bool { since != nil || (try? database.urlIfGiven()) != nil }

        private func server() throws -> String? {
            var options = PostgresServerOptions()
            options.text = shadow
            return try options.url()
        }

        /// The migrations of each dialect, cut where those begin that are tried.
        private func pending() throws -> [PendingMigrations] {
            guard let url = try database.urlIfGiven() else {
                return try options.loadAll().map { part in
                    let known = part.migrations.filter { $0.version <= since ?? 0 }
                    return PendingMigrations(
                        dialect: part.dialect, base: known, pending: Array(part.migrations.dropFirst(known.count)))
                }
            }
            let migrations = try options.load(url.dialect)
            let live = try url.examination().connect().migrations
            let history = try live.historyExists() ? live.readHistory() : []
            let applied = Set(history.filter { $0.state == .applied }.map(\.version))
            func isThere(_ migration: Migration) -> Bool {
                applied.contains(migration.version) || migration.version <= since ?? 0
            }
            return [
                PendingMigrations(
                    dialect: url.dialect, base: migrations.filter(isThere), pending: migrations.filter { !isThere($0) })
            ]
        }
    }
}
