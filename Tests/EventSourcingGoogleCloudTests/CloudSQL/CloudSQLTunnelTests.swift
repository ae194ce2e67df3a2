import EventSourcing
import Foundation
import GoogleCloudTestSupport
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud
@testable import EventSourcingPostgres

@Suite("The tunnel to Cloud SQL")
struct CloudSQLTunnelTests {
    @Test("64 connections with large rows wait for a client that does not read, and then everything arrives")
    func backPressure() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let path = SocketPath.path(folder: try #require(try await connector.parameters()["host"]))
        // 8 MiB each: more than all buffers on the way hold.
        let query = "SELECT repeat('x', 65536) FROM generate_series(1, 128)"
        let before = try Self.residentMegabytes()
        var clients: [WireClient] = []
        for _ in 1...64 { clients.append(try await WireClient(path: path, database: bench.database)) }
        for client in clients { try await client.query(query) }
        // The server's processes cannot send any more, so that nobody in between keeps what they send.
        let administration = try await PostgresAsyncConnection.connect(bench.direct)
        try await eventually("all processes wait for their clients") {
            try await administration.run { connection in
                try connection.prepare(
                    """
                    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'ClientWrite'
                    """
                ).first { try $0.int64(at: 0) }
            } == 64
        }
        // Of 512 MiB that are on their way. Other tests run at the same time, and need some memory too.
        if let before, let now = try Self.residentMegabytes() { #expect(now - before < 100) }
        for client in clients { client.readOn() }
        for client in clients { #expect(try await client.answer.get() >= 128 * 65_536) }
        await administration.close()
        await bench.close(connector)
    }

    /// The memory that this process has; nil where the system does not tell.
    private static func residentMegabytes() throws -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let match = try #require(status.firstMatch(of: /VmRSS:\s+(\d+) kB/))
        return Int(match.1).map { $0 / 1024 }
    }

    @Test("A client that has said all it has to say still hears the answer")
    func halfClosed() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let path = SocketPath.path(folder: try #require(try await connector.parameters()["host"]))
        let client = try await WireClient(path: path, database: bench.database)
        try await client.query("SELECT repeat('x', 65536) FROM generate_series(1, 64)", isLast: true)
        client.readOn()
        #expect(try await client.end.get() >= 64 * 65_536)
        try await eventually("the connection is gone on both sides") {
            await connector.connectionCount == 0 && bench.standIn.connectionCount == 0
        }
        await bench.close(connector)
    }

    @Test("A folder of a process that is no more is removed, and one that is in use or new is not")
    func abandonedFolders() throws {
        let parent = try TemporaryFolder()
        let inUse = try TunnelFolder(in: [parent.path])
        let old = Date(timeIntervalSinceNow: -3600)
        func age(_ path: String) throws {
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path)
        }
        try parent.write("", to: "event-store-cloudsql-dead01/.s.PGSQL.5432")
        try parent.write("", to: "event-store-cloudsql-dead01/lock")
        try parent.write("", to: "event-store-cloudsql-fresh1/lock")
        try parent.write("", to: "something-else/lock")
        try parent.write("", to: "event-store-cloudsql-unsure/.s.PGSQL.5432")
        for name in ["event-store-cloudsql-dead01", "event-store-cloudsql-unsure", "something-else"] {
            try age(parent.file(name))
        }
        try age(inUse.path)
        let next = try TunnelFolder(in: [parent.path])
        #expect(!parent.exists("event-store-cloudsql-dead01"))
        #expect(parent.exists("event-store-cloudsql-unsure"))
        #expect(parent.exists("event-store-cloudsql-fresh1") && parent.exists("something-else"))
        #expect(FileManager.default.fileExists(atPath: inUse.path))
        #expect(next.path != inUse.path)
        let permissions = try FileManager.default.attributesOfItem(atPath: next.path)[.posixPermissions] as? Int
        #expect(permissions == 0o700)
        next.remove()
        #expect(!FileManager.default.fileExists(atPath: next.path))
    }

    @Test("A folder for temporary files with a long path gives way to another one")
    func longFolder() throws {
        let long = "/" + String(repeating: "x", count: 120)
        let error = try #require(throws: CloudSQLError.self) { try TunnelFolder(in: [long]) }
        #expect(error.code == .pathTooLong)
        let folder = try TunnelFolder(in: [long, "/tmp"])
        #expect(folder.path.hasPrefix("/tmp/"))
        folder.remove()
    }

    @Test(
        "Other users of the machine are turned away at the socket", .enabled(if: geteuid() == 0, "only root has others")
    )
    func otherUsers() async throws {
        #expect(PeerUser.isTrusted(geteuid()) && PeerUser.isTrusted(0))
        #expect(geteuid() != 0 || !PeerUser.isTrusted(65_534))
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let folder = try #require(try await connector.parameters()["host"])
        // Even when somebody has opened the folder.
        for path in [folder, SocketPath.path(folder: folder)] {
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
        }
        let psql = [
            "psql", "-At", "-h", folder, "-p", "5432", "-U", ThrowawayServer.user, "-d", bench.database, "-c",
            "SELECT 42",
        ]
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let programs = try ServerPrograms(searching: path).folder
        let stranger = try await FinishedCommand(
            "env", ["PATH=\(path):\(programs)", "setpriv", "--reuid=65534", "--clear-groups"] + psql)
        #expect(stranger.status != 0 && !stranger.output.contains("42"), "\(stranger)")
        #expect(bench.standIn.accepted.isEmpty)
        let ours = try await FinishedCommand("env", ["PATH=\(path):\(programs)"] + psql)
        #expect(ours.output == "42\n", "\(ours)")
        await bench.close(connector)
    }
}
