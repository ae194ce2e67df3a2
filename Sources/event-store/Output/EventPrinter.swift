import EventSourcingSQLite
import JSONText

/// Prints events, in the way that a command was asked for.
struct EventPrinter {
    enum Style {
        /// One JSON object a line.
        case json
        /// One line each, for the events of one stream.
        case stream
        /// One line each, for the events of all streams.
        case feed
        /// Like `stream`, with the data laid out below.
        case pretty
    }

    private let style: Style
    private let isForTerminal = FileDescriptor.standardOutput.isTerminal
    private var writer = JSONWriter()

    init(style: Style) {
        self.style = style
    }

    mutating func print(_ event: RecordedEvent<StandardColumns>, to output: inout StandardOutput) throws {
        switch style {
        case .json:
            writer.removeAll()
            event.write(to: &writer)
            try output.write(line: writer.bytes)
        case .stream: try output.write(line: event.line)
        case .feed: try output.write(line: event.feedLine)
        case .pretty: try printPretty(event, to: &output)
        }
    }

    private func printPretty(_ event: RecordedEvent<StandardColumns>, to output: inout StandardOutput) throws {
        var lines: [UInt8] = []
        if case .json(let json) = event.data {
            // What another program stored, and is no JSON, is shown as it is.
            try? PrettyJSON.append(json.bytes, margin: 4, isForTerminal: isForTerminal, to: &lines)
        }
        try output.write(line: lines.isEmpty ? event.line : event.headline)
        if !lines.isEmpty { try output.write(line: lines) }
    }
}
