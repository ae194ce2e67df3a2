import ArgumentParser
import EventSourcingSQLite

/// Prints the events of a stream.
struct Load: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Print the events of a stream.",
        discussion: """
            Example:
              event-store load order-123 --from 5 --database sqlite:orders.db
              event-store load order-123 --pretty --database sqlite:orders.db
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

    @Flag(help: "Lay out the data of each event below it.")
    var pretty = false

    func validate() throws {
        if pretty, output.isJSON { throw ValidationError("--pretty is for people: leave --json out.") }
    }

    func run() throws {
        // Checks what was given before a database is opened.
        _ = try query(limit: limit)
        let interruption = try Interruption()
        try database.withStore(mayCreate: false) { try printStream(of: $0, until: interruption) }
    }

    /// Reads page by page, so that memory does not grow with the stream.
    private func printStream(of store: some EventStore<StandardColumns>, until interruption: Interruption) throws {
        var output = StandardOutput(interruption: interruption)
        var printer = EventPrinter(style: self.output.isJSON ? .json : pretty ? .pretty : .stream)
        var progress = try Progress("events", whilePrinting: true) { try eventCount(in: store) }
        defer { progress.finish() }
        var count = 0
        var last: Int?
        while true {
            let pageSize = min(512, limit.map { $0 - count } ?? .max)
            guard let query = try query(after: last, limit: pageSize) else { break }
            let page = try store.load(query)
            for event in page {
                try printer.print(event, to: &output)
                count += 1
                progress.update(count, done: count)
            }
            guard page.count == pageSize, let end = page.last else { break }
            last = end.version
            try interruption.check()
        }
        try output.flush()
    }

    /// The next page, after an event with a version; nil when there can be none.
    private func query(after version: Int? = nil, limit: Int?) throws -> StreamQuery? {
        let order = descending ? ReadOrder.descending : .ascending
        let lowest = descending ? from : version.map { $0 + 1 } ?? from
        let highest = descending ? version.map { $0 - 1 } ?? to : to
        if version != nil, limit == 0 || highest.map({ $0 < max(lowest, 1) }) == true { return nil }
        return try StreamQuery(stream, fromVersion: lowest, toVersion: highest, limit: limit, order: order)
    }

    private func eventCount(in store: some EventStore<StandardColumns>) throws -> Int {
        let end = try store.version(of: stream)
        return min(limit ?? .max, max(0, min(to ?? end, end) - max(from, 1) + 1))
    }
}
