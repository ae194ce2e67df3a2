#if GoogleCloud
    import ArgumentParser
    import EventSourcingGoogleCloud
    import JSONText

    struct BigQueryExport: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Export events to a table of BigQuery, each exactly once.",
            discussion: """
                Goes on where the export of that name has come to, whatever has ended it. The plans of its batches are \
                in the table bigquery_batches of the database, which is created when it is not there. With --follow it \
                goes on with events to come until Ctrl-C or SIGTERM, which is exit code 0.

                Example:
                  event-store bigquery export --to shop.analytics.events --follow --database sqlite:shop.db
                """)

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var tables: BigQueryTableOptions
        @OptionGroup var service: BigQueryServiceOptions
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp("The table of BigQuery.", valueName: "project.dataset.table"))
        var to: BigQueryTableArgument?

        @Option(help: ArgumentHelp("Write files that bq loads into this folder instead.", valueName: "folder"))
        var toDirectory: String?

        @Option(help: ArgumentHelp("The name of the export; each has a checkpoint of its own.", valueName: "name"))
        var name = "default"

        @Flag(help: "Go on with new events.")
        var follow = false

        @Option(
            help: ArgumentHelp(
                "Begin after this position, when the table has what comes before.", valueName: "position"))
        var after: Int?

        @Flag(help: "Add what the table lacks, through a table for staging and a MERGE for each batch.")
        var backfill = false

        @Option(
            help: ArgumentHelp(
                "Leave out events that BigQuery cannot hold, and list them in this file.", valueName: "file"))
        var deadLetter: String?

        @Option(help: ArgumentHelp("How many events a batch has at most.", valueName: "count"))
        var events = BatchLimits().events

        @Option(help: ArgumentHelp("How many megabytes a batch has at most.", valueName: "count"))
        var megabytes = BatchLimits().bytes >> 20

        @Option(
            help: ArgumentHelp(
                "With --follow, how old an event becomes before a batch that is not full is sent.", valueName: "seconds"
            ))
        var age: Double = 300

        @Option(
            help: ArgumentHelp(
                "With --follow, how much time passes between two batches that are not full.", valueName: "seconds"))
        var interval: Double = 60

        func validate() throws {
            if (to == nil) == (toDirectory == nil) { throw ValidationError("give either --to or --to-directory.") }
            if toDirectory != nil, follow || backfill {
                throw ValidationError("--follow and --backfill need --to.")
            }
            if !(1...1_000_000).contains(events) { throw ValidationError("--events is a number from 1 to 1000000.") }
            if !(1...1024).contains(megabytes) { throw ValidationError("--megabytes is a number from 1 to 1024.") }
            if !(0...86_400).contains(age) || !(0...86_400).contains(interval) {
                throw ValidationError("--age and --interval are numbers of seconds, from 0 to 86400.")
            }
            if let after, after < 0 { throw ValidationError("--after is 0 or more.") }
        }

        private var limits: BatchLimits {
            var limits = BatchLimits()
            limits.events = events
            limits.bytes = megabytes << 20
            limits.age = .seconds(age)
            limits.interval = .seconds(interval)
            return limits
        }

        func run() throws {
            let source = try database.url().exportDatabase()
            let mapping = try tables.mapping(of: source)
            let interruption = try Interruption(remark: { "the next start goes on from here" })
            if let toDirectory { return try write(mapping, of: source, to: toDirectory, interruption) }
            guard let destination = to?.name else { return }
            var options = BigQueryExporter.Options(destination: destination)
            options.name = name
            options.limits = limits
            options.follows = follow
            options.deadLetterPath = deadLetter
            options.startPosition = after
            options.usesStaging = backfill
            let exporter = try BigQueryExporter(source, mapping, to: try service.configuration(), options)
            let line = ExportLine()
            defer { line.finish() }
            do {
                try AsyncWork.wait(until: interruption) {
                    try await exporter.run { progress in
                        line.show(
                            events: progress.events, batches: progress.batches,
                            left: progress.lastPosition - progress.position)
                    }
                }
            } catch is Interrupted where follow {
                // The way to end it.
            }
            line.finish()
            printEnd(line.count, destination)
        }

        private func printEnd(_ count: (events: Int, batches: Int), _ destination: BigQueryTableName) {
            guard output.isJSON else {
                print(
                    "\(count.events) \(count.events == 1 ? "event" : "events") in \(count.batches) "
                        + "\(count.batches == 1 ? "batch" : "batches") exported to \(destination)")
                return
            }
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("export", name)
                writer.member("destination", destination.description)
                writer.member("events", count.events)
                writer.member("batches", count.batches)
            }
            print(writer.text)
        }

        private func write(
            _ mapping: BigQueryMapping, of source: ExportDatabase, to folder: String, _ interruption: Interruption
        ) throws {
            let export = try DirectoryExport(
                source, mapping, to: folder, limits: limits, deadLetterPath: deadLetter)
            let line = ExportLine()
            defer { line.finish() }
            let start = after ?? 0
            let events = try AsyncWork.wait(until: interruption) {
                try await export.run(after: start) { events, _ in line.show(events: events, left: nil) }
            }
            line.finish()
            print(
                "\(events) \(events == 1 ? "event" : "events") written to \(folder); load them with \(folder)/load.sh")
        }
    }
#endif
