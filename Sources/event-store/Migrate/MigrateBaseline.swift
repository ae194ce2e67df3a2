import ArgumentParser
import EventSourcingSQLite
import JSONText
import SQLMigrations
import SQLSchema

#if Postgres
    import EventSourcingPostgres
#endif

extension Migrate {
    struct Baseline: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "baseline",
            abstract: "Adopt a database that has the tables already.",
            discussion: """
                Records the migrations as applied without running them, if the database has exactly what they give: they \
                are applied to an empty database, and the two are compared. What differs is listed, and nothing is \
                recorded then.

                --from dbmate takes the versions from dbmate's table; its files stay as they are.

                Example:
                  event-store migrate baseline --to 20261123080000 --database postgresql:///shop
                  event-store migrate baseline --from dbmate --migrations db/migrations --database sqlite:shop.db
                """)

        /// A tool that a database can be taken over from.
        enum Origin: String, ExpressibleByArgument, CaseIterable {
            case dbmate
        }

        @OptionGroup var options: TargetOptions
        @OptionGroup var server: PostgresServerOptions

        @Option(
            help: ArgumentHelp(
                "The last version that the database has; without it, it has all of them.", valueName: "version"))
        var to: Int64?

        @Option(help: "The tool whose table says what is applied.")
        var from: Origin?

        @Option(help: ArgumentHelp("The table of that tool.", valueName: "name"))
        var table = "schema_migrations"

        func validate() throws {
            if to != nil, from != nil { throw ValidationError("--to and --from exclude each other.") }
        }

        func run() throws {
            try options.annotating {
                let run = try TargetRun(options)
                guard let target = run.targets.first, run.targets.count == 1 else {
                    throw UsageError("baseline adopts one database and one schema at a time")
                }
                try target.check(versions: to.map { [$0] } ?? [])
                let connection = try run.connecting.open(target, absentFile: .isAnError)
                let messages = TargetMessages(name: target.name, isJSON: run.isJSON)
                let migrations = try target.files.migrations()
                let foreign = foreignTable(of: target)
                let versions = try from.map { _ in
                    try AppliedVersions(in: foreign, of: connection).check(migrations)
                }
                let adopted = migrations.filter { migration in
                    versions?.contains(migration.version) ?? (migration.version <= to ?? .max)
                }
                let comparison = TargetCatalogs(target: target, excluded: from == nil ? [] : [foreign])
                let expected = try comparison.expected(after: adopted, server: try server.url())
                let migrator = Migrator(
                    database: connection, migrations: migrations, tool: ToolVersion.commandLine)
                let recorded = try migrator.baseline(upTo: adopted.last?.version, only: Set(adopted.map(\.version))) {
                    try comparison.check(connection, against: expected)
                }
                for migration in recorded {
                    messages.object { writer in
                        writer.member("event", "recorded")
                        writer.member("version", migration.version)
                        writer.member("name", migration.name)
                    }
                }
                messages.say(
                    "\(recorded.count) recorded as applied, because the database has what they give; "
                        + "\(migrations.count - adopted.count) are pending")
            }
        }

        /// dbmate writes its table into the schema that comes first.
        private func foreignTable(of target: MigrationTarget) -> RelationName {
            let parts = table.split(separator: ".", maxSplits: 1).map(String.init)
            if parts.count == 2 { return RelationName(schema: parts[0], parts[1]) }
            return RelationName(schema: target.url.dialect == .postgres ? target.schema ?? "public" : nil, table)
        }
    }
}
