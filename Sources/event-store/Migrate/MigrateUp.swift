import ArgumentParser
import EventSourcingSQLite
import SQLMigrations

extension Migrate {
    struct Up: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply what is pending.",
            discussion: """
                Each file runs in a transaction with its row of the history. Several processes may do it at once.

                Ctrl-C stops before the next statement, or ends the process where it is when that takes longer than \
                two seconds; a transaction is undone either way.

                Example:
                  event-store migrate up --database sqlite:orders.db
                """)

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var options: MigrationOptions

        @Option(help: ArgumentHelp("Stop after this version.", valueName: "version"))
        var to: Int64?

        @Option(
            name: .customLong("allow-out-of-order"),
            help: ArgumentHelp("Apply this version although a higher one is applied.", valueName: "version"))
        var outOfOrder: [Int64] = []

        func run() throws {
            let migrations = try options.load(try database.url().dialect)
            try checkVersions(among: migrations)
            let interruption = try InterruptibleDatabase.makeInterruption()
            let report = MigrationReport(interruption: interruption)
            try database.withMigrationDatabase(mayCreate: true) { connection in
                var count = 0
                let database = InterruptibleDatabase(connection, interruption)
                let migrator = Migrator(
                    database: database, migrations: migrations,
                    tool: ToolVersion.commandLine
                ) { event in
                    if case .applied = event { count += 1 }
                    report.show(event)
                }
                try database.run { try migrator.up(to: to, allowingOutOfOrder: Set(outOfOrder)) }
                print(count == 0 ? "nothing is pending" : "\(count) applied")
            }
        }

        /// Refuses a version without a file before a database is created for it.
        private func checkVersions(among migrations: [Migration]) throws {
            for version in outOfOrder + (to.map { [$0] } ?? [])
            where !migrations.contains(where: { $0.version == version }) {
                throw MigrationError(.unknownVersion, "there is no migration with the version \(version)")
            }
        }
    }
}
