import ArgumentParser
import EventSourcingSQLite
import JSONText

/// Appends one event to a stream.
struct Append: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append",
        abstract: "Append one event to a stream.",
        discussion: """
            Exits with 4 when the stream is not at the expected version. Appending the same id again is harmless.

            Example:
              event-store append order-123 --type OrderPlaced --data '{"total": 20}' --expected-version 0
            """)

    @Argument(help: "The stream: the id of the aggregate.")
    var stream: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "What happened, such as OrderPlaced.")
    var type: String

    @Option(help: ArgumentHelp("The event's data.", valueName: "json"))
    var data: String?

    @Option(help: "Where it happened, as a URI reference.")
    var source = "/event-store"

    @Option(help: "What it happened to, within the source.")
    var subject: String?

    @Option(help: "The event's id; a random one unless given.")
    var id: String?

    @Option(help: "When it happened, such as 2026-01-31T12:00:00Z; now unless given.")
    var time: String?

    @Option(name: .customLong("correlation-id"), help: "What the events of one trace have in common.")
    var correlationID: String?

    @Option(name: .customLong("causation-id"), help: "The id of the event that led to this one.")
    var causationID: String?

    @Option(
        name: .customLong("expected-version"),
        help: ArgumentHelp(
            "How many events the stream has: a number, no-stream, exists, or any, the default.", valueName: "version"))
    var expectedVersion: ExpectedVersionArgument?

    func run() throws {
        var event = Event(
            type: type, source: source, subject: subject, time: try parsedTime(), data: try parsedData(),
            correlationID: correlationID, causationID: causationID)
        if let id { event.id = id }
        // Before a database is created for it.
        try EventValidator.check([event], for: stream)
        try database.withStore(mayCreate: true) { store in
            show(
                try store.save([event], for: stream, expectedVersion: expectedVersion?.value ?? .any), eventID: event.id
            )
        }
    }

    private func parsedTime() throws -> Instant? {
        guard let time else { return nil }
        guard let instant = Instant(time) else {
            throw UsageError("--time: \"\(time)\" is not a time such as 2026-01-31T12:00:00Z")
        }
        return instant
    }

    private func parsedData() throws -> EventData? {
        guard let data else { return nil }
        do {
            return .json(try JSON(data))
        } catch {
            throw UsageError("--data: \(error)")
        }
    }

    private func show(_ result: SaveResult, eventID: String) {
        guard output.isJSON else {
            let note = result.wasAlreadySaved ? ", which was stored already" : ""
            print("\(stream) is at v\(result.version) with event \(eventID)\(note)")
            return
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("aggregateID", stream)
            writer.member("version", result.version)
            writer.member("id", eventID)
            if let position = result.positions.first { writer.member("position", position) }
            writer.member("wasAlreadySaved", result.wasAlreadySaved)
        }
        print(writer.text)
    }
}

/// An expected version as the command line writes it.
struct ExpectedVersionArgument: ExpressibleByArgument {
    let value: ExpectedVersion

    /// Nil for anything but a number, any, no-stream or exists.
    init?(argument: String) {
        switch argument {
        case "any": value = .any
        case "no-stream": value = .noStream
        case "exists": value = .exists
        default:
            guard let version = Int(argument), version >= 0 else { return nil }
            value = .exact(version)
        }
    }
}
