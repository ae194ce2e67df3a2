#if GoogleCloud
    import ArgumentParser
    import EventSourcingGoogleCloud
    import SQLSchema

    struct BigQuerySchema: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema",
            abstract: "Print the events table as BigQuery has it; create it there, or bring it up to date.",
            discussion: """
                Without --to, prints what the snapshot gives, as the JSON of BigQuery's REST API or, with --ddl, as SQL. \
                With --to, prints what the table there lacks, and with --apply creates or changes it. Exits with 1 when \
                something is left to do.

                Example:
                  event-store bigquery schema --to shop.analytics.events --apply
                """)

        @OptionGroup var tables: BigQueryTableOptions
        @OptionGroup var service: BigQueryServiceOptions

        @Flag(help: "Print the statement that creates the table.")
        var ddl = false

        @Option(help: ArgumentHelp("A table of BigQuery.", valueName: "project.dataset.table"))
        var to: BigQueryTableArgument?

        @Flag(help: "Create the table, or change it.")
        var apply = false

        @Flag(help: "Create the dataset, too, when it is not there.")
        var createDataset = false

        func validate() throws {
            if apply, to == nil { throw ValidationError("--apply needs --to.") }
            if createDataset, !apply { throw ValidationError("--create-dataset needs --apply.") }
        }

        func run() throws {
            let mapping = try tables.choose(try tables.offlineMappings())
            guard let name = to?.name else {
                print(ddl ? mapping.ddl(name: "PROJECT.DATASET.\(mapping.name)") : mapping.tableJSON)
                return
            }
            if ddl { return print(mapping.ddl(name: name.description)) }
            let configuration = try service.configuration()
            let (apply, createDataset) = (apply, createDataset)
            let plan = try AsyncWork.wait {
                let plan = try await TablePlan(mapping, name, at: configuration)
                if apply, !plan.isImpossible, !plan.lines.isEmpty {
                    try await plan.apply(createsDataset: createDataset)
                }
                return plan
            }
            for line in plan.lines { print(line) }
            if plan.lines.isEmpty {
                print("\(name) has all that the events need")
            } else if plan.isImpossible {
                throw CheckFailure(description: "\(name) cannot become what the events need")
            } else if apply {
                print("\(name) has all that the events need now")
            } else {
                throw CheckFailure(description: "do it with: event-store bigquery schema --to \(name) --apply")
            }
        }
    }
#endif
