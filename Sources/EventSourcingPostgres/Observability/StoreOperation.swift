import Tracing

/// The calls of a store that are spans.
enum StoreOperation: String {
    case initialize, save, saveEach, saveTogether, withTransaction, load, version
    case saveSnapshot, loadSnapshot, loadTrace, loadEffects, loadStreams
    case loadFeed, readFeed, feedHold, loadCheckpoint, saveCheckpoint
}

/// What spans say about the database, by OpenTelemetry's conventions for database clients.
///
/// See <https://opentelemetry.io/docs/specs/semconv/database/database-spans/>.
struct DatabaseAttributes: Sendable {
    private let eventsTable: String
    private let database: String?
    private let host: String?
    private let port: Int?

    init(_ configuration: PostgresConfiguration, eventsTable: String) {
        self.eventsTable = eventsTable
        let parameters = try? ConnectionParameters(configuration)
        database = parameters?.database
        // A list of several hosts is no address.
        host = parameters?.host.flatMap { $0.contains(",") ? nil : $0 }
        port = parameters?.port.flatMap { Int($0) }
    }

    /// The operation and what it is about, as the conventions have it.
    func spanName(_ operation: StoreOperation) -> String {
        "\(operation.rawValue) \(eventsTable)"
    }

    func write(_ operation: StoreOperation, to span: any Span) {
        var attributes = span.attributes
        attributes["db.system.name"] = "postgresql"
        attributes["db.operation.name"] = operation.rawValue
        attributes["db.collection.name"] = eventsTable
        if let database { attributes["db.namespace"] = database }
        if let host { attributes["server.address"] = host }
        if let port { attributes["server.port"] = port }
        span.attributes = attributes
    }
}
