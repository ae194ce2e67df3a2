import ArgumentParser
import EventSourcingSQLite
import SQLMigrations

extension Migrate {
    struct Repair: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settle in the history what only a person can decide.",
            discussion: """
                --accept takes the present text of an edited file for the one that was applied. --version with --done \
                says how many statements of a transaction:false file have run, when that cannot be known.

                Example:
                  event-store migrate repair --accept 20261123080000 --database sqlite:orders.db
                  event-store migrate repair --version 20261123080000 --done 2 --database sqlite:orders.db
                """)

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var options: MigrationOptions

        @Option(help: ArgumentHelp("Keep the checksum of this version's file as it is now.", valueName: "version"))
        var accept: Int64?

        @Option(help: "The version that --done is about.")
        var version: Int64?

        @Option(help: ArgumentHelp("How many statements of --version have run.", valueName: "count"))
        var done: Int?

        func run() throws {
            guard (accept != nil) != (version != nil), (version != nil) == (done != nil) else {
                throw UsageError("give either --accept VERSION, or --version VERSION with --done COUNT")
            }
            let migrations = try options.load(try database.url().dialect)
            try database.withMigrationDatabase(mayCreate: false) { connection in
                let migrator = Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine)
                if let accept {
                    let before = try checksum(of: accept, in: migrator)
                    try migrator.accept(version: accept)
                    print("version \(accept): checksum \(before) is now \(try checksum(of: accept, in: migrator))")
                }
                if let version, let done {
                    try migrator.settle(version: version, statementsDone: done)
                    print("version \(version): \(done) statements have run; go on with: event-store migrate up")
                }
            }
        }

        private func checksum(of version: Int64, in migrator: Migrator) throws -> String {
            try migrator.status().first { $0.version == version }?.record?.checksum.description ?? "of nothing"
        }
    }
}
