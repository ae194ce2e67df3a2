#if GoogleCloud
    import ArgumentParser
    import EventSourcingGoogleCloud
    import SQLSchema

    /// Which events table is meant, and what is said about it.
    struct BigQueryTableOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "The events table; needed when there are several and none is called events.", valueName: "name"))
        var table: String?

        @Option(
            help: ArgumentHelp(
                "The folder of the snapshot, with overrides.json and bigquery.json where they are.", valueName: "folder"
            )
        )
        var schema = "schema"

        /// The mappings that the snapshot gives.
        func offlineMappings() throws -> [BigQueryMapping] {
            guard let snapshot = try ProjectSnapshot(folder: schema) else {
                throw UsageError(
                    "\(schema)/schema.json: there is no schema snapshot; make one with: event-store schema dump")
            }
            return try BigQueryFiles(folder: schema).mappings(of: snapshot.content)
        }

        /// The mapping of the table in a database, which decides what there is; the snapshot says what it does not know.
        func mapping(of database: ExportDatabase) throws -> BigQueryMapping {
            let (dialect, catalog) = (database.dialect, try AsyncWork.wait { try await database.catalog() })
            var snapshot = try ProjectSnapshot(folder: schema)?.content ?? SchemaSnapshot()
            let files = BigQueryFiles(folder: schema)
            let overrides = try files.overrides(for: snapshot)
            snapshot.dialects[dialect] = DialectSnapshot(catalog: catalog, migrations: [])
            return try choose(
                try BigQueryFiles.mappings(of: snapshot, overrides: overrides, settings: files.settings())
                    .filter { $0.relations[dialect] != nil })
        }

        /// The mapping that is meant.
        func choose(_ mappings: [BigQueryMapping]) throws -> BigQueryMapping {
            func isMeant(_ mapping: BigQueryMapping, _ name: String) -> Bool {
                mapping.name == name || mapping.relations.values.contains { $0.description == name }
            }
            let names = mappings.map(\.name).joined(separator: ", ")
            if let table {
                guard let found = mappings.first(where: { isMeant($0, table) }) else {
                    throw UsageError(
                        "there is no events table '\(table)'; those are: \(names.isEmpty ? "none" : names)")
                }
                return found
            }
            if let found = mappings.first(where: { isMeant($0, "events") }) ?? (mappings.count == 1 ? mappings[0] : nil)
            {
                return found
            }
            throw UsageError(
                mappings.isEmpty ? "there is no events table" : "say which events table with --table: \(names)")
        }
    }

    /// How BigQuery is talked to.
    struct BigQueryServiceOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "The location of dataset and jobs, such as EU; without it, that of the dataset.", valueName: "location")
        )
        var location: String?

        @Option(name: .customLong("label"), help: ArgumentHelp("A label of every job.", valueName: "key=value"))
        var labels: [String] = []

        func configuration() throws -> BigQueryConfiguration {
            var configuration = BigQueryConfiguration(environment: nil)
            configuration.location = location
            for label in labels {
                let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { throw UsageError("--label is key=value, and not '\(label)'") }
                configuration.labels[String(parts[0])] = String(parts[1])
            }
            return configuration
        }
    }

    /// A table of BigQuery on the command line.
    struct BigQueryTableArgument: ExpressibleByArgument {
        let name: BigQueryTableName

        init?(argument: String) {
            guard let name = BigQueryTableName(argument) else { return nil }
            self.name = name
        }
    }

    extension DatabaseURL {
        /// The database as exports take it; a file must be there.
        func exportDatabase() throws -> ExportDatabase {
            switch self {
            case .sqlite(let path):
                try ExistingFile.check(path)
                return .sqlite(path: path)
            case .postgres, .cloudSQL: return .postgres(try postgresConfiguration())
            }
        }
    }
#endif
