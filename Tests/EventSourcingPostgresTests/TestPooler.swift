import Foundation
import TestSupport

@testable import EventSourcingPostgres

/// A PgBouncer that gives each transaction one of two connections to a server of its own.
final class TestPooler: Sendable {
    static let shared = Task { try await TestPooler() }

    private let server: ThrowawayServer
    private let folder: TemporaryFolder
    private let process: PoolerProcess

    private init() async throws {
        server = try await ThrowawayServer.start()
        folder = try TemporaryFolder()
        let settings = """
            [databases]
            sessions = host=\(server.folder) user=\(ThrowawayServer.user) dbname=postgres pool_mode=session
            * = host=\(server.folder) user=\(ThrowawayServer.user)
            [pgbouncer]
            unix_socket_dir = \(folder.path)
            listen_port = 6432
            auth_type = any
            pool_mode = transaction
            default_pool_size = 2
            logfile = \(folder.path)/log

            """
        try folder.write(settings, to: "settings")
        process = try PoolerProcess(folder: folder.path)
        for _ in 0..<3000 {
            if folder.exists(".s.PGSQL.6432") { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw ThrowawayServerError(
            "PgBouncer did not start: \(String(decoding: try folder.data(of: "log"), as: UTF8.self))")
    }

    /// A database whose sessions keep their connections to the server.
    var sessions: PostgresConfiguration {
        PostgresConfiguration(
            url: "", parameters: ["host": folder.path, "port": "6432", "user": "anybody", "dbname": "sessions"])
    }

    /// A new database, reached through the pooler.
    func database() throws -> PostgresConfiguration {
        let name = "pooled_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        try PostgresConnection(url: server.url()).execute("CREATE DATABASE \(name)")
        return PostgresConfiguration(
            url: "", parameters: ["host": folder.path, "port": "6432", "user": "anybody", "dbname": name],
            usesTransactionPooler: true)
    }
}

/// The process of a PgBouncer, which ends with this one.
///
/// Unchecked: nothing in it changes after it was made.
private final class PoolerProcess: @unchecked Sendable {
    private let process: ChildProcess

    init(folder: String) throws {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"
        let user = try ServerUser(searching: path)
        // PgBouncer does not run as root either.
        for name in ["", "/settings"] { chown("\(folder)\(name)", user.userID, user.groupID) }
        let script = "pgbouncer \"$1/settings\" & read -r _; kill -INT $!; kill -TERM $!; wait $!; cd /; rm -rf \"$1\""
        process = try ChildProcess(
            user.prefix + ["/bin/sh", "-c", script, "pooler", folder], environment: ["PATH=\(path)"])
    }
}
