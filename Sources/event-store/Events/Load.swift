import ArgumentParser
import EventSourcingSQLite

/// Prints the events of a stream.
struct Load: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the events of a stream.",
        discussion: """
            Example:
              event-store load order-123 --from 5 --database sqlite:orders.db
            """)

    @Argument(help: "The stream: the id of the aggregate.")
    var stream: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The lowest version, inclusive.", valueName: "version"))
    var from = 0

    @Option(help: ArgumentHelp("The highest version, inclusive.", valueName: "version"))
    var to: Int?

    @Option(help: "At most so many events.")
    var limit: Int?

    @Flag(help: "The newest event first.")
    var descending = false

    func run() throws {
        let query = try StreamQuery(
            stream, fromVersion: from, toVersion: to, limit: limit, order: descending ? .descending : .ascending)
        try database.withStore(mayCreate: false) { store in
            var standardOutput = StandardOutput()
            try printEvents(store.load(query), asJSON: output.isJSON, to: &standardOutput)
            try standardOutput.flush()
        }
    }
}
