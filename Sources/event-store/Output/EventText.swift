import EventSourcingSQLite
import JSONText

/// How an event looks to a person and to a program.
extension RecordedEvent where Columns == StandardColumns {
    /// One line for people: version, time, type and data.
    var line: String {
        "\(headline)  \(dataText.printable)"
    }

    /// The line without the data, for what stands below it.
    var headline: String {
        "v\(version)  \(time)  \(event.type)".printable
    }

    /// One line for the feed: position and stream come first.
    var feedLine: String {
        "\(position)  \(aggregateID)".printable + " \(line)"
    }

    /// One line for a trace: the stream comes first, because there are several.
    var traceLine: String {
        "\(event.type)  \(aggregateID) v\(version)  \(time)  \(dataText)".printable
    }

    private var dataText: String {
        switch event.data {
        case .json(let json): json.text.split(whereSeparator: \.isNewline).joined(separator: " ")
        case .binary(let bytes): "(\(bytes.count) bytes)"
        case nil: ""
        }
    }

    /// One JSON object: what the store adds, and the event as a CloudEvents message.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("aggregateID", aggregateID)
            writer.member("version", version)
            writer.member("position", position)
            writer.member("recordedAt", recordedAt.description)
            writer.key("event")
            CloudEventMessage(self).write(to: &writer)
        }
    }
}

extension String {
    /// The text with its control characters escaped, so that no data can forge a line or command a terminal.
    var printable: String {
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
        return unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }
}
