#if GoogleCloud
    import ArgumentParser
    import EventSourcingGoogleCloud
    import JSONText
    import SQLSchema

    struct BigQueryStatus: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Show how far the exports of a database are.",
            discussion: """
                Asks the database alone: the checkpoint of each export, how many events are before it, its last job, \
                and how many jobs have failed.

                Example:
                  event-store bigquery status --database sqlite:shop.db
                """)

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var tables: BigQueryTableOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let source = try database.url().exportDatabase()
            let mapping = try tables.mapping(of: source)
            guard let events = mapping.relations[source.dialect] else { return }
            let status = try AsyncWork.wait { try await ExportStatus(source, events: events) }
            if status.exports.isEmpty, !output.isJSON { print("nothing has been exported from \(mapping.name)") }
            for export in status.exports {
                let waiting = status.waiting[export.export] ?? 0
                print(output.isJSON ? json(export, waiting, status) : text(export, waiting, status))
            }
        }

        private func text(_ export: ExportSummary, _ waiting: Int, _ status: ExportStatus) -> String {
            let more = waiting == ExportStatus.countLimit ? " or more" : ""
            var lines = [
                "\(export.export)  to \(export.destination)",
                "  checkpoint  \(export.checkpoint) of \(status.lastPosition)",
                "  lag         \(waiting)\(more) events",
                "  exported    \(export.events) events in \(export.batches) batches, \(export.rejected) left out",
                "  last job    \(export.lastJob), \(export.lastState)"
                    + (export.finishedAt.map { " at \($0)" } ?? ""),
                "  failed      \(export.burnedAttempts) jobs",
            ]
            if let remark = export.remark { lines.append("  last error  \(remark)") }
            return lines.joined(separator: "\n")
        }

        private func json(_ export: ExportSummary, _ waiting: Int, _ status: ExportStatus) -> String {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("export", export.export)
                writer.member("destination", export.destination)
                writer.member("checkpoint", export.checkpoint)
                writer.member("lastPosition", status.lastPosition)
                writer.member("waiting", waiting)
                writer.member("events", export.events)
                writer.member("rejected", export.rejected)
                writer.member("batches", export.batches)
                writer.member("burnedAttempts", export.burnedAttempts)
                writer.member("lastJob", export.lastJob)
                writer.member("lastState", export.lastState)
                writer.member("lastError", export.remark)
                writer.member("finishedAt", export.finishedAt?.description)
            }
            return writer.text
        }
    }
#endif
