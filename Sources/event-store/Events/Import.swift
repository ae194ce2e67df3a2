import ArgumentParser
import EventSourcingSQLite
import JSONText
import Synchronization

/// Reads CloudEvents JSON lines into a store.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store events from CloudEvents JSON lines.",
        discussion: """
            Events that are stored already are left alone, so an import that was stopped can simply be run again. \
            Ctrl-C stores what has been read and ends; a second one ends at once. A time finer than a microsecond is \
            cut, and reported with its line.

            Example:
              zcat events.ndjson.gz | event-store import - --database sqlite:orders.db
            """)

    @Argument(help: "The file; - is standard input.")
    var file = "-"

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    @Option(
        name: .customLong("stream-attribute"),
        help: ArgumentHelp("The attribute that names an event's stream.", valueName: "name"))
    var streamAttribute = "subject"

    @Option(
        name: .customLong("on-error"),
        help: "What to do about a line that cannot be stored: stop after what came before it, or skip it.")
    var onError = ErrorPolicyArgument.stop

    func run() throws {
        let stored = StoredCount()
        let interruption = try Interruption(remark: {
            "\(stored.value) events were stored; run the same import again, and it goes on"
        })
        var lines = try LineReader(path: file, interruption: interruption)
        try database.withStore(mayCreate: true) { store in
            try add(&lines, to: store, stored: stored, until: interruption)
        }
    }

    private func add(
        _ lines: inout LineReader, to store: some ToolStore, stored: StoredCount, until interruption: Interruption
    ) throws {
        var importer = EventImporter(
            store: store, streamAttribute: streamAttribute, errorPolicy: onError == .stop ? .stop : .skip,
            makeColumns: { _ in StandardColumns() }, report: report)
        var progress = Progress("lines") { lines.byteCount }
        defer {
            progress.finish()
            show(importer.summary)
        }
        var isInterrupted = false
        do {
            while try lines.next({ try importer.add($0) }) {
                stored.value = importer.summary.stored
                progress.update(importer.summary.lines, done: lines.bytesRead)
                try interruption.check()
            }
        } catch is Interrupted {
            isInterrupted = true
        }
        // Also what was read before a signal came: from a pipe it would not come again.
        try importer.finish()
        stored.value = importer.summary.stored
        if isInterrupted { try interruption.check() }
    }

    private func report(_ notice: ImportNotice) {
        switch notice.kind {
        case .skipped: StandardError.write("line \(notice.line): skipped: \(notice.message)")
        case .timeTruncated: StandardError.write("line \(notice.line): warning: \(notice.message)")
        }
    }

    private func show(_ summary: ImportSummary) {
        if output.isJSON {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("lines", summary.lines)
                writer.member("stored", summary.stored)
                writer.member("alreadyStored", summary.alreadyStored)
                writer.member("skipped", summary.skipped)
                writer.member("truncatedTimes", summary.truncatedTimes)
            }
            print(writer.text)
            return
        }
        var text = "\(summary.stored) events stored, \(summary.alreadyStored) were stored already"
        if summary.skipped > 0 { text += ", \(summary.skipped) lines skipped" }
        if summary.truncatedTimes > 0 { text += ", \(summary.truncatedTimes) times cut to microseconds" }
        print(text)
    }
}

/// How many events an import has stored, for the thread that ends it.
private final class StoredCount: Sendable {
    private let count = Atomic(0)

    var value: Int {
        get { count.load(ordering: .relaxed) }
        set { count.store(newValue, ordering: .relaxed) }
    }
}

/// What to do about a bad line, as the command line writes it.
enum ErrorPolicyArgument: String, ExpressibleByArgument, CaseIterable {
    case stop, skip
}
