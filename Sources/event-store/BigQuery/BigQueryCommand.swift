#if GoogleCloud
    import ArgumentParser

    /// Everything about BigQuery.
    struct BigQueryCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "bigquery",
            abstract: "Describe the events table for BigQuery, export events to it, and see how far that is.",
            discussion: """
                Requests are allowed with the application default credentials of Google Cloud. With the environment \
                variable BIGQUERY_EMULATOR_HOST they go to an emulator, without credentials.

                Example:
                  event-store bigquery export --to shop.analytics.events --database sqlite:shop.db
                """,
            subcommands: [BigQuerySchema.self, BigQueryExport.self, BigQueryStatus.self])
    }
#endif
