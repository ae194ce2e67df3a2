import ArgumentParser
import EventSourcingSQLite

/// Prints the events of a trace.
struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
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
        try database.withStore(mayCreate: false) { store in
            let events = try store.loadTrace(correlationID: correlationID)
            var standardOutput = StandardOutput()
            if output.isJSON {
                try printEvents(events, asJSON: true, to: &standardOutput)
            } else {
                for line in TraceText.lines(of: TraceTree(events)) { try standardOutput.write(line: line) }
            }
            try standardOutput.flush()
        }
    }
}
