import ArgumentParser
import EventSourcingSQLite
import JSONText

/// Writes a store's events as CloudEvents JSON lines.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all events as CloudEvents JSON lines, in the order of their positions.",
        discussion: """
            The subject is the stored one, or the stream's id for an event that has none; where it is not the \
            stream's id, the extension aggregateid names the stream. `import` reads it back. Ctrl-C ends it between \
            two lines.

            Example:
              event-store export --database sqlite:orders.db > events.ndjson
            """)

    @OptionGroup var database: DatabaseOptions

    @Flag(name: .customLong("json"), help: "Changes nothing: the output is JSON lines in any case.")
    var isJSON = false

    @Option(help: ArgumentHelp("Only events after this position.", valueName: "position"))
    var after = 0

    func run() throws {
        let interruption = try Interruption(remark: { "the export is not complete" })
        try database.withStore(mayCreate: false) { store in
            var output = StandardOutput(interruption: interruption)
            var progress = try Progress("events", whilePrinting: true) { try store.end.lastPosition() - after }
            defer { progress.finish() }
            var writer = JSONWriter()
            var position = after
            var count = 0
            while true {
                let events = try store.loadFeed(after: position, limit: 1000)
                guard let last = events.last else { break }
                for event in events {
                    writer.removeAll()
                    CloudEventMessage(event).write(to: &writer)
                    try output.write(line: writer.bytes)
                    count += 1
                    progress.update(count, done: event.position - after)
                }
                position = last.position
                try interruption.check()
            }
            try output.flush()
        }
    }
}
