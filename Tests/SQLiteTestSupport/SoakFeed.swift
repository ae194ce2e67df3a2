package import EventSourcingSQLite

/// What a reader of the feed writes down.
package enum SoakFeed {
    /// An event that the reader was given.
    package struct Line: Hashable, CustomStringConvertible, Sendable {
        package let position: Int
        package let stream: String
        package let version: Int
        package let id: String

        package init(position: Int, stream: String, version: Int, id: String) {
            self.position = position
            self.stream = stream
            self.version = version
            self.id = id
        }

        package init(_ event: RecordedEvent<StandardColumns>) {
            self.init(position: event.position, stream: event.aggregateID, version: event.version, id: event.id)
        }

        package var description: String { "\(position) \(stream) \(version) \(id)" }
    }

    /// The file of a reader.
    package static func path(in folder: String, kind: EitherStore.Kind) -> String {
        "\(folder)/\(kind).feed"
    }

    /// What a reader has written down.
    package static func lines(of path: String) throws -> [Line] {
        try LineFile.lines(of: path).map { line in
            let words = line.split(separator: " ")
            guard words.count == 4, let position = Int(words[0]), let version = Int(words[2]) else {
                throw LineFile.UnreadableLine(line: String(line))
            }
            return Line(position: position, stream: String(words[1]), version: version, id: String(words[3]))
        }
    }
}
