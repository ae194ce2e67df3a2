import ArgumentParser
import JSONText
import SQLMigrations
import SQLSchema

extension SchemaCommand {
    struct Drift: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drift",
            abstract: "Compare a live database with the snapshot.",
            discussion: """
                Says what somebody has changed by hand, and since which migration it should be otherwise where that can \
                be told. Changes nothing. A database that lacks the newest migrations is compared with what those give \
                that it has. The order of columns, the history of migrations and what the server has of its own do not \
                count. Exits with 1 when something differs.

                Example:
                  event-store schema drift --database postgresql://db.example.com/shop
                  event-store schema drift --database sqlite:orders.db --ignore grant
                """)

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var options: MigrationOptions
        @OptionGroup var server: PostgresServerOptions
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp("The folder of the snapshot.", valueName: "folder"))
        var schema = "schema"

        @Option(
            help: ArgumentHelp(
                "Leave out what each database may have of its own, such as grant or comment.", valueName: "kind"))
        var ignore: [DetailKindArgument] = []

        func run() throws {
            let url = try database.url()
            guard let snapshot = try ProjectSnapshot(folder: schema), snapshot.content.dialects[url.dialect] != nil
            else {
                throw UsageError(
                    "\(schema)/schema.json: there is no snapshot of \(url.dialect.displayName); make one with: "
                        + "event-store schema dump")
            }
            let live = try url.examination(server: try server.url()).connect()
            let history = try live.migrations.historyExists() ? live.migrations.readHistory() : []
            let known = try KnownMigrations(for: url.dialect, options: options, snapshot: snapshot).migrations
            let expectation = try ExpectedSchema(
                of: live, dialect: url.dialect, history: history, snapshot: snapshot, known: known)
            var (expected, place, migrations) = (Catalog(), snapshot.path, [Migration]())
            switch expectation {
            case .catalog(let catalog, let origin, let steps): (expected, place, migrations) = (catalog, origin, steps)
            case .unknown(let reason):
                StandardError.write("what \(live.name) should have is not known exactly, \(reason)")
                expected = snapshot.content.dialects[url.dialect]?.catalog ?? Catalog()
            }
            let actual = try live.catalog().withoutExportPlans(unlessIn: expected).leavingOut(ignore)
            let changes = SchemaDiff(from: expected.leavingOut(ignore), to: actual).changes
            guard !changes.isEmpty else {
                if !output.isJSON { print("\(live.name) has exactly \(place)") }
                return
            }
            let origin = origin(of: actual, on: live, after: migrations)
            for change in changes {
                let step = origin?.step(of: change).map { migrations[$0].name }
                print(output.isJSON ? change.json(since: step) : change.line(since: step))
            }
            throw CheckFailure(
                description: "\(live.name) differs from \(place) in \(changes.count) "
                    + "\(changes.count == 1 ? "place" : "places"); undo it, or write a migration that does it everywhere"
            )
        }

        /// That a server to try the migrations on is missing does not hide the differences.
        private func origin(
            of actual: Catalog, on live: any ExaminedDatabase, after migrations: [Migration]
        ) -> SchemaOrigin? {
            guard let catalogs = try? live.catalogs(afterEach: migrations) else { return nil }
            return SchemaOrigin(of: actual, after: catalogs.map { $0.leavingOut(ignore) })
        }
    }
}

/// A kind of details as the command line writes it: `row-security`.
struct DetailKindArgument: ExpressibleByArgument {
    let kind: CatalogDetail.Kind

    init?(argument: String) {
        guard let kind = CatalogDetail.Kind.allCases.first(where: { Self.text($0) == argument }) else { return nil }
        self.kind = kind
    }

    static var allValueStrings: [String] { CatalogDetail.Kind.allCases.map(text) }

    private static func text(_ kind: CatalogDetail.Kind) -> String {
        kind.rawValue.split(separator: " ").joined(separator: "-")
    }
}

extension Catalog {
    /// Without the table that the export to BigQuery has created for itself, which is not part of anybody's schema unless it
    /// is in a migration.
    func withoutExportPlans(unlessIn expected: Catalog) -> Catalog {
        var catalog = self
        catalog.tables.removeAll { $0.name.name == "bigquery_batches" && expected.table($0.name) == nil }
        return catalog
    }

    fileprivate func leavingOut(_ ignored: [DetailKindArgument]) -> Catalog {
        var catalog = self
        catalog.details.removeAll { detail in ignored.contains { $0.kind == detail.kind } }
        return catalog
    }
}

extension SchemaChange {
    fileprivate func line(since step: String?) -> String {
        guard let step else { return "\(self)".printable }
        return "\(self) (\(old == nil ? "removed by" : "it should be as it was since") \(step))".printable
    }

    fileprivate func json(since step: String?) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("subject", subject)
            writer.member("expected", old)
            writer.member("found", new)
            writer.member("since", step)
        }
        return writer.text
    }
}
