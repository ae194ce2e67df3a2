import ArgumentParser
import Foundation

/// The PostgreSQL server that migrations are tried on.
struct PostgresServerOptions: ParsableArguments {
    /// The variable of the environment that names the server.
    static let variable = "EVENT_STORE_POSTGRES"

    @Option(
        name: .customLong("postgres"),
        help: ArgumentHelp(
            "A server for the migrations of PostgreSQL, on which a database is created and dropped again. Default: the "
                + "environment's \(variable), or else a server that is started for it (initdb must be installed).",
            valueName: "url"))
    var text: String?

    /// The server that was given, or nil.
    func url() throws -> String? {
        guard let text = text ?? ProcessInfo.processInfo.environment[Self.variable] else { return nil }
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else {
            throw UsageError("the server for the migrations is not given as a URL; use postgresql://…")
        }
        return text
    }
}
