import ArgumentParser
import EventSourcingSQLite

/// Prints the events of a trace.
struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Print the events of a trace as a tree: each below the event that led to it.",
        discussion: """
            Example:
              event-store trace checkout-42 --database sqlite:orders.db
            """)

    @Argument(help: "The correlation id of the trace.")
    var correlationID: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let interruption = try Interruption()
        try database.withStore(mayCreate: false) { try printTrace(of: $0, until: interruption) }
    }

    private func printTrace(of store: some TraceStore<StandardColumns>, until interruption: Interruption) throws {
        var output = StandardOutput(interruption: interruption)
        var printer = EventPrinter(style: .json)
        var progress = Progress("events", whilePrinting: true) { nil }
        defer { progress.finish() }
        // A tree is known when all of it is; lines are printed as they come.
        var events: [RecordedEvent<StandardColumns>] = []
        var count = 0
        var position = 0
        while true {
            let page = try store.loadTrace(correlationID: correlationID, after: position, limit: 512)
            guard let last = page.last else { break }
            if self.output.isJSON {
                for event in page { try printer.print(event, to: &output) }
            } else {
                events += page
            }
            count += page.count
            position = last.position
            progress.update(count, done: 0)
            try interruption.check()
        }
        for line in TraceText.lines(of: TraceTree(events)) { try output.write(line: line) }
        try output.flush()
    }
}
