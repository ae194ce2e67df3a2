import CLibpq
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A PostgreSQL server of our own that is gone, with all it held, when it is no longer needed.
///
/// It listens on a Unix socket in a private folder and saves nothing to disk for good. It ends with its last user, and
/// with this process, however that ends: a shell that started it waits for that.
///
/// Unchecked: nothing in it changes after it was made, and the process is waited for by `deinit` alone.
package final class ThrowawayServer: @unchecked Sendable {
    /// The user that exists, with all rights and without a password.
    package static let user = "postgres"

    /// The folder that has everything, the socket included.
    package let folder: String
    private let process: ChildProcess

    /// Sets up a server and starts it, on a thread of its own.
    ///
    /// - Throws: `ThrowawayServerError`.
    package static func start() async throws -> ThrowawayServer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "throwaway-server").async {
                continuation.resume(with: Result { try ThrowawayServer() })
            }
        }
    }

    /// Sets up a server and starts it; that takes a second or two.
    ///
    /// - Throws: `ThrowawayServerError`.
    package init() throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let programs = try ServerPrograms(searching: path)
        let user = try ServerUser(searching: path)
        folder = try Self.makeFolder(for: user)
        do {
            process = try ChildProcess(
                user.prefix + ["/bin/sh", "-c", Self.script, "throwaway-server", folder, programs.folder],
                environment: ["PATH=\(path)", "LC_ALL=C", "TZ=UTC"])
        } catch {
            rmdir(folder)
            throw error
        }
        try waitUntilReady()
    }

    /// The URL of one of its databases.
    package func url(database: String = "postgres") -> String {
        Self.url(folder: folder, database: database)
    }

    /// The URL of a database of the server in a folder.
    package static func url(folder: String, database: String = "postgres") -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._"))
        func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text }
        // With the port, which the environment may say otherwise.
        return "postgresql://\(user)@\(encoded(folder)):5432/\(encoded(database))"
    }

    /// Removes the folder last, so that it is there as long as anything may still write into it.
    ///
    /// The shell is in the way of nothing while it waits: `read` ends when the other end of the pipe is closed.
    private static let script = """
        folder=$1 programs=$2
        cd "$folder" || exit 1
        if "$programs/initdb" --pgdata=data --username=\(user) --auth=trust --encoding=UTF8 --no-locale --no-sync \
            >log 2>&1 </dev/null
        then
            "$programs/postgres" -D data -k "$folder" -p 5432 -c listen_addresses= -c max_connections=200 \
                -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_prepared_transactions=10 \
                >>log 2>&1 </dev/null &
            server=$!
        else
            : >failed
            server=
        fi
        read -r _
        if [ -n "$server" ]; then
            kill -QUIT "$server"
            wait "$server"
        fi
        cd / && rm -rf "$folder"
        """

    /// A new folder that only the server's user can look into; its path must fit into the name of a socket.
    package static func makeFolder(for user: ServerUser) throws -> String {
        let parents = [ProcessInfo.processInfo.environment["TMPDIR"], "/tmp"].compactMap { $0 }
        let parent = parents.first { $0.utf8.count <= 60 } ?? "/tmp"
        var template = "\(parent.hasSuffix("/") ? String(parent.dropLast()) : parent)/event-store-XXXXXX".utf8CString
        let folder = template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
            return String(cString: start)
        }
        guard let folder else {
            throw ThrowawayServerError("cannot make a folder in \(parent): \(String(cString: strerror(errno)))")
        }
        guard chown(folder, user.userID, user.groupID) == 0 else {
            defer { rmdir(folder) }
            throw ThrowawayServerError("cannot give \(folder) to the server: \(String(cString: strerror(errno)))")
        }
        return folder
    }

    /// Asks until the server accepts connections (PQping).
    private func waitUntilReady() throws {
        let deadline = ContinuousClock.now + .seconds(60)
        let url = url()
        while PQping(url) != PQPING_OK {
            // The log may be another user's, and as root we can read it all the same.
            func log() -> String { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }
            if FileManager.default.fileExists(atPath: "\(folder)/failed") {
                throw ThrowawayServerError("initdb failed: \(log())")
            }
            guard ContinuousClock.now < deadline else {
                throw ThrowawayServerError("the server did not start within a minute: \(log())")
            }
            usleep(20_000)
        }
    }
}
