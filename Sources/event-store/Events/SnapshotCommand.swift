import ArgumentParser
import EventSourcingSQLite
import JSONText

/// Prints the newest snapshot of an aggregate.
struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Print the newest snapshot of an aggregate.",
        discussion: """
            Example:
              event-store snapshot order-123 --database sqlite:orders.db
            """)

    @Argument(help: "The stream: the id of the aggregate.")
    var stream: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .customLong("state-schema"), help: ArgumentHelp("Only a snapshot with this tag.", valueName: "tag"))
    var stateSchema: String?

    @Flag(help: "Lay out the state, over several lines.")
    var pretty = false

    func validate() throws {
        if pretty, output.isJSON { throw ValidationError("--pretty is for people: leave --json out.") }
    }

    func run() throws {
        try database.withStore(mayCreate: false) { store in
            guard let snapshot = try store.loadSnapshot(stream, stateSchema: stateSchema) else {
                StandardError.write("\(stream) has no snapshot")
                return
            }
            if output.isJSON { return print(json(snapshot)) }
            print(headline(snapshot))
            print(pretty ? prettyState(of: snapshot) : snapshot.state.text)
        }
    }

    private func headline(_ snapshot: Snapshot) -> String {
        let tag = snapshot.stateSchema.map { " (\($0))" } ?? ""
        return "\(snapshot.aggregateType)\(tag) after v\(snapshot.version), \(snapshot.recordedAt)"
    }

    private func prettyState(of snapshot: Snapshot) -> String {
        var lines: [UInt8] = []
        // What another program stored, and is no JSON, is shown as it is.
        try? PrettyJSON.append(
            snapshot.state.bytes, margin: 0, isForTerminal: FileDescriptor.standardOutput.isTerminal, to: &lines)
        return lines.isEmpty ? snapshot.state.text : String(decoding: lines, as: UTF8.self)
    }

    private func json(_ snapshot: Snapshot) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("aggregateID", snapshot.aggregateID)
            writer.member("version", snapshot.version)
            writer.member("aggregateType", snapshot.aggregateType)
            writer.member("stateSchema", snapshot.stateSchema)
            writer.member("recordedAt", snapshot.recordedAt.description)
            writer.key("state")
            writer.raw(snapshot.state.bytes.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        }
        return writer.text
    }
}
