import ArgumentParser
import EventSourcingSQLite
import JSONText

/// Reads CloudEvents JSON lines into a store.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Store events from CloudEvents JSON lines.",
        discussion: """
            Events that are stored already are left alone, so an import that was stopped can simply be run again. A \
            time finer than a microsecond is cut, and reported with its line.

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
        var lines = try LineReader(path: file)
        try database.withStore(mayCreate: true) { store in
            var importer = EventImporter(
                store: store, streamAttribute: streamAttribute, errorPolicy: onError.value,
                makeColumns: { _ in StandardColumns() }, report: report)
            var progress = Progress("lines")
            do {
                while try lines.next({ try importer.add($0) }) { progress.update(importer.summary.lines) }
                try importer.finish()
            } catch {
                progress.finish()
                show(importer.summary)
                throw error
            }
            progress.finish()
            show(importer.summary)
        }
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

/// What to do about a bad line, as the command line writes it.
enum ErrorPolicyArgument: String, ExpressibleByArgument, CaseIterable {
    case stop, skip

    var value: EventImporter<SQLiteEventStore>.ErrorPolicy { self == .stop ? .stop : .skip }
}
