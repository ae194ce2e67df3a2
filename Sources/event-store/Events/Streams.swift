import ArgumentParser
import EventSourcingSQLite
import JSONText

/// Lists the streams of a store.
struct Streams: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streams",
        abstract: "List the streams with their versions.",
        discussion: """
            Example:
              event-store streams --limit 20 --database sqlite:orders.db
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Only streams after this one, by the bytes of their ids.", valueName: "stream"))
    var after: String?

    @Option(help: "At most so many; all unless given.")
    var limit: Int?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is 0 or more.") }
    }

    func run() throws {
        let interruption = try Interruption()
        try database.withStore(mayCreate: false) { try printStreams(of: $0, until: interruption) }
    }

    private func printStreams(of store: some StreamDirectory<StandardColumns>, until interruption: Interruption) throws
    {
        var standardOutput = StandardOutput(interruption: interruption)
        var progress = Progress("streams", whilePrinting: true) { nil }
        defer { progress.finish() }
        var last = after
        var count = 0
        while count < limit ?? .max {
            let page = try store.loadStreams(after: last, limit: min(limit.map { $0 - count } ?? .max, 1000))
            for stream in page { try standardOutput.write(line: output.isJSON ? json(stream) : line(stream)) }
            guard let end = page.last else { break }
            last = end.aggregateID
            count += page.count
            progress.update(count, done: 0)
            try interruption.check()
        }
        try standardOutput.flush()
    }

    private func line(_ stream: StreamSummary) -> String {
        "\(stream.aggregateID)  v\(stream.version)  \(stream.lastRecordedAt)".printable
    }

    private func json(_ stream: StreamSummary) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("aggregateID", stream.aggregateID)
            writer.member("version", stream.version)
            writer.member("lastRecordedAt", stream.lastRecordedAt.description)
        }
        return writer.text
    }
}
