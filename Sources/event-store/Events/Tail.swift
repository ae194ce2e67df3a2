import ArgumentParser
import EventSourcingSQLite
import JSONText

/// Prints the end of the feed, and what comes after it.
struct Tail: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Print the newest events of the store, and with --follow those to come.",
        discussion: """
            The events are those of the feed: of all streams, in the order of their positions, whichever process \
            stored them. --follow goes on until Ctrl-C, SIGTERM or the end of whoever reads its output; that is exit \
            code 0.

            Example:
              event-store tail --follow --limit 20 --database sqlite:orders.db
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Go on with new events.")
    var follow = false

    @Option(help: ArgumentHelp("Begin after this position, instead of with the newest events.", valueName: "position"))
    var after: Int?

    @Option(
        help: ArgumentHelp(
            "How many of the newest events to begin with, 10 unless given; with --after, how many to print in all.",
            valueName: "count"))
    var limit: Int?

    func validate() throws {
        if let after, after < 0 { throw ValidationError("--after is 0 or more.") }
        if let limit, limit < 0 { throw ValidationError("--limit is 0 or more.") }
    }

    func run() throws {
        let interruption = try Interruption()
        do {
            try database.withStore(mayCreate: false) { try printFeed(of: $0, until: interruption) }
        } catch is Interrupted {
            // The way to end it.
        } catch is ReaderGone {
        }
    }

    private func printFeed(of feed: some EventFeed<StandardColumns>, until interruption: Interruption) throws {
        let newest = limit ?? 10
        var position = try after ?? feed.end.start(ofNewest: newest)
        var left = after == nil ? (follow ? .max : newest) : limit ?? .max
        var output = StandardOutput(interruption: interruption)
        var printer = EventPrinter(style: self.output.isJSON ? .json : .feed)
        var progress = try Progress("events", whilePrinting: true) {
            follow ? nil : try feed.end.lastPosition() - position
        }
        defer { progress.finish() }
        let start = position
        var count = 0
        var pause = BackOff()
        while left > 0 {
            let page = try feed.loadFeed(after: position, limit: min(left, 1000))
            for event in page {
                try printer.print(event, to: &output)
                if follow { try output.flush() }
                count += 1
                progress.update(count, done: event.position - start)
            }
            if let last = page.last {
                position = last.position
                left -= page.count
                pause = BackOff()
                try interruption.check()
            } else if follow {
                try output.wait(pause.next())
            } else {
                break
            }
        }
        try output.flush()
    }
}

/// How long to wait before looking again: longer and longer while nothing comes.
struct BackOff {
    private static let longest = Duration.milliseconds(500)
    private var pause = Duration.milliseconds(10)

    mutating func next() -> Duration {
        defer { pause = min(pause * 2, Self.longest) }
        return pause
    }
}
