import Tracing

/// The calls of a store that are spans.
enum StoreOperation: String {
    case initialize, read, withTransaction, save, saveEach, saveTogether, load, version, loadTrace, loadEffects,
        loadStreams
    case saveSnapshot, loadSnapshot, loadFeed, readFeed, feedHold, loadCheckpoint, saveCheckpoint
}

/// What spans say about the database, by OpenTelemetry's conventions for database clients.
///
/// See <https://opentelemetry.io/docs/specs/semconv/database/database-spans/>.
struct DatabaseAttributes: Sendable {
    private let eventsTable: String
    private let snapshotsTable: String
    private let database: String?
    private let host: String?
    private let port: Int?

    init(_ configuration: PostgresConfiguration, eventsTable: String, snapshotsTable: String) {
        self.eventsTable = eventsTable
        self.snapshotsTable = snapshotsTable
        let parameters = try? ConnectionParameters(configuration)
        database = parameters?.database
        // A list of several hosts is no address.
        host = parameters?.host.flatMap { $0.contains(",") ? nil : $0 }
        port = parameters?.port.flatMap { Int($0) }
    }

    /// The table that an operation is about; nil when it is about several, or another one.
    private func table(of operation: StoreOperation) -> String? {
        switch operation {
        case .initialize, .read, .withTransaction, .loadCheckpoint, .saveCheckpoint: nil
        case .saveSnapshot, .loadSnapshot: snapshotsTable
        default: eventsTable
        }
    }

    /// The operation, and the table or else the database that it is about.
    func spanName(_ operation: StoreOperation) -> String {
        [operation.rawValue, table(of: operation) ?? database].compactMap { $0 }.joined(separator: " ")
    }

    func write(_ operation: StoreOperation, to span: any Span) {
        var attributes = span.attributes
        attributes["db.system.name"] = "postgresql"
        attributes["db.operation.name"] = operation.rawValue
        if let table = table(of: operation) { attributes["db.collection.name"] = table }
        if let database { attributes["db.namespace"] = database }
        if let host { attributes["server.address"] = host }
        if let port { attributes["server.port"] = port }
        span.attributes = attributes
    }
}
