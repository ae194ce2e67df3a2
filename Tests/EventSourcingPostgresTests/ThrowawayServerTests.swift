import Foundation
import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("A throwaway server")
struct ThrowawayServerTests {
    /// Waits until something holds, for a minute at most.
    private func wait(until condition: () -> Bool) async throws {
        for _ in 0..<6000 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come to that within a minute")
    }

    @Test("accepts connections, and is gone with its last user")
    func lifeTime() async throws {
        var server: ThrowawayServer? = try await ThrowawayServer.start()
        let folder = try #require(server?.folder)
        let connection = try PostgresConnection(url: try #require(server?.url()))
        let user = try connection.prepare("SELECT current_user::text").first { try $0.string(at: 0) }
        #expect(user == "postgres")
        #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
        server = nil
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect { try connection.execute("SELECT 1") } throws: { ($0 as? DatabaseError)?.code == .connectionLost }
    }

    @Test("keeps nothing open that was open here when it was started")
    func descriptors() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let server = try await ThrowawayServer.start()
        close(ends[1])
        // Whoever reads comes to the end, because nobody can write any more.
        var reader = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        try await wait { poll(&reader, 1, 0) == 1 && reader.revents & Int16(POLLHUP) != 0 }
        try PostgresConnection(url: server.url()).execute("SELECT 1")
    }

    @Test("is gone when the process that started it is killed", arguments: [SIGKILL, SIGTERM, SIGINT])
    func killed(signal: Int32) async throws {
        let files = try TemporaryFolder()
        let process = Process()
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
            .appending(path: "throwaway-server-program")
        process.arguments = [files.file("folder")]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        defer { process.terminate() }
        try await wait { files.exists("folder") }
        let folder = String(decoding: try files.data(of: "folder"), as: UTF8.self)
        let server = ThrowawayServer.url(folder: folder)
        try PostgresConnection(url: server).execute("SELECT 1")
        kill(process.processIdentifier, signal)
        try await wait { !FileManager.default.fileExists(atPath: folder) }
        #expect(throws: DatabaseError.self) { try PostgresConnection(url: server) }
    }

    @Test("says what is missing on a machine without PostgreSQL, as far as the PATH tells")
    func programs() throws {
        let folder = try TemporaryFolder()
        for name in ["initdb", "postgres"] {
            try folder.write("", to: name)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.file(name))
        }
        #expect(try ServerPrograms(searching: "/nowhere:\(folder.path):/usr/bin").folder == folder.path)
    }
}
