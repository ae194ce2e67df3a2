import EventSourcingPostgres

/// A database for one system on a PostgreSQL server; what an earlier run left of it is dropped first.
struct ServerDatabase: Sendable {
    let configuration: PostgresConfiguration
    private let name: String
    private let server: String

    /// Creates the database.
    ///
    /// - Throws: ``BenchmarkError`` when the server does not sync what it commits.
    init(for system: System, on server: String, report: Report) throws {
        self.server = server
        name = "benchmark_\(system.rawValue.replacing("-", with: "_"))"
        configuration = PostgresConfiguration(url: server, parameters: ["dbname": name])
        let connection = try PostgresConnection(url: server)
        try connection.execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        try connection.execute("CREATE DATABASE \(name)")
        var settings: [String] = []
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            let value = try connection.prepare("SHOW \(setting)").first { row in try row.string(at: 0) }
            guard value == "on" else {
                throw BenchmarkError("\(server): \(setting) is \(value ?? "not known"), and must be on")
            }
            settings.append("\(setting)=on")
        }
        let version = try connection.prepare("SHOW server_version").first { row in try row.string(at: 0) } ?? ""
        report.note("postgresql \(version), \(settings.joined(separator: ", "))")
    }

    func drop() {
        try? PostgresConnection(url: server).execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }
}
