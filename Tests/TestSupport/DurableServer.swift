package import EventSourcingPostgres
import Foundation

/// A server that keeps what it acknowledges, as one in production does, and can be stopped, killed and started again.
///
/// It listens on a Unix socket in a private folder. Its processes end with this one.
package actor DurableServer {
    /// The calls block now and then, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "durable-server")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Each has half a dozen processes, and writes to the disk.
    private static let limit = ConcurrencyLimit(2)

    /// The folder that has everything, the socket included.
    package nonisolated let folder: String
    private let programs: ServerPrograms
    private let user: ServerUser
    /// The number in the name of its socket, and its port if it listens at an address.
    package nonisolated let port: Int
    private let settings: [String]
    private let mount: Mount?
    private var process: ChildProcess?

    /// A file system in memory that only the server sees, and of which it can have too little.
    package struct Mount: Sendable {
        /// The name of the folder within the server's.
        let name: String
        let megabytes: Int

        package init(name: String, megabytes: Int) {
            self.name = name
            self.megabytes = megabytes
        }

        /// Whether this system lets us mount at all.
        package static func isPossible() async -> Bool {
            guard geteuid() == 0 else { return false }
            let command = try? await FinishedCommand("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"])
            return command?.status == 0
        }
    }

    private init(settings: [String] = [], port: Int = 5432, mount: Mount? = nil) throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        programs = try ServerPrograms(searching: path)
        user = try ServerUser(searching: path)
        folder = try ThrowawayServer.makeFolder(for: user)
        self.settings = settings
        self.port = port
        self.mount = mount
    }

    /// Sets up a server, starts it, and ends it with all that it had when the closure has ended.
    ///
    /// - Parameter settings: such as `max_prepared_transactions=10`.
    package static func with(
        settings: [String] = [], port: Int = 5432, mount: Mount? = nil, _ body: (DurableServer) async throws -> Void
    ) async throws {
        try await limit.run { try await running(DurableServer(settings: settings, port: port, mount: mount), body) }
    }

    /// Sets up another server beside this one, for a closure.
    package nonisolated func withAnother(_ body: (DurableServer) async throws -> Void) async throws {
        try await Self.running(DurableServer(), body)
    }

    private static func running(_ server: DurableServer, _ body: (DurableServer) async throws -> Void) async throws {
        try await ending(server) { server in
            try await server.run(
                "initdb",
                [
                    "--pgdata=data", "--username=\(ThrowawayServer.user)", "--auth=trust", "--encoding=UTF8",
                    "--no-locale", "--no-sync",
                ])
            try await server.start()
            try await body(server)
        }
    }

    /// Makes a standby of the server, starts it, and ends it when the closure has ended.
    package nonisolated func withStandby(_ body: (DurableServer) async throws -> Void) async throws {
        try await Self.ending(DurableServer()) { standby in
            try await standby.run(
                "pg_basebackup",
                [
                    "--pgdata=data", "--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--host=\(folder)",
                    "--port=\(port)", "--username=\(ThrowawayServer.user)",
                ])
            try await standby.start()
            try await body(standby)
        }
    }

    private static func ending(_ server: DurableServer, _ body: (DurableServer) async throws -> Void) async throws {
        do {
            try await body(server)
        } catch {
            await server.end()
            throw error
        }
        await server.end()
    }

    private func end() {
        process = nil
        try? FileManager.default.removeItem(atPath: folder)
    }

    // MARK: Life

    /// The shell waits for the end of this process, and then for that of the server.
    private static let script = """
        cd "$1" && shift || exit 1
        "$@" >>log 2>&1 </dev/null &
        read -r _
        kill -QUIT $!
        wait $!
        """
    private static let mountScript = """
        mkdir -p "$1" && mount -t tmpfs -o "size=$2m,mode=700,uid=$3,gid=$4" none "$1" && shift 4 && exec "$@"
        """

    /// Starts the server, and waits until it accepts connections.
    package func start() async throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        var command = ["/bin/sh", "-c", Self.script, "durable-server", folder]
        if let mount {
            command += ["unshare", "-m", "/bin/sh", "-c", Self.mountScript, "mount", "\(folder)/\(mount.name)"]
            command += ["\(mount.megabytes)", "\(user.userID)", "\(user.groupID)"]
        }
        command += user.prefix + ["\(programs.folder)/postgres", "-D", "data", "-k", folder, "-p", "\(port)"]
        let always = ["listen_addresses=", "max_connections=100", "fsync=on", "synchronous_commit=on"]
        command += (always + settings).flatMap { ["-c", $0] }
        process = try ChildProcess(command, environment: ["PATH=\(path)", "LC_ALL=C", "TZ=UTC"])
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try PostgresConnection(configuration()).execute("SELECT 1")
            } catch {
                guard ContinuousClock.now < deadline else {
                    throw ThrowawayServerError("the server did not start within a minute: \(error): \(log)")
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private var log: String { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }

    /// Stops the server in an orderly way, without waiting for its clients.
    package func stop() async throws {
        let (processID, file) = (try postmaster(), "\(folder)/data/postmaster.pid")
        Foundation.kill(processID, SIGINT)
        while FileManager.default.fileExists(atPath: file) { try await Task.sleep(for: .milliseconds(5)) }
        process = nil
    }

    /// Kills all processes of the server.
    package func kill() async throws {
        let postmaster = try postmaster()
        // It starts no more of them while it is stopped.
        Foundation.kill(postmaster, SIGSTOP)
        let children = try await processes().filter { $0.parent == postmaster }.map(\.id)
        for processID in [postmaster] + children { Foundation.kill(processID, SIGKILL) }
        process = nil
        while try await processes().contains(where: { children.contains($0.id) && !$0.hasEnded }) {}
    }

    private func postmaster() throws -> pid_t {
        let text = try String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8)
        guard let processID = text.split(separator: "\n").first.flatMap({ pid_t($0) }), processID > 1 else {
            throw ThrowawayServerError("the server does not run")
        }
        return processID
    }

    private func processes() async throws -> [(id: pid_t, parent: pid_t, hasEnded: Bool)] {
        try await FinishedCommand("ps", ["-A", "-o", "pid=,ppid=,stat="]).output.split(separator: "\n").compactMap {
            let words = $0.split(separator: " ")
            guard words.count == 3, let processID = pid_t(words[0]), let parent = pid_t(words[1]) else { return nil }
            return (processID, parent, words[2].hasPrefix("Z"))
        }
    }

    // MARK: Use

    /// Where one of the server's databases is.
    package nonisolated func configuration(database: String = "postgres") -> PostgresConfiguration {
        PostgresConfiguration(
            url: ThrowawayServer.url(folder: folder, database: database), parameters: ["port": "\(port)"])
    }

    /// Runs statements on a connection of their own, past every store.
    package func execute(_ statements: String...) throws {
        let connection = try PostgresConnection(configuration())
        for statement in statements { try connection.execute(statement) }
    }

    /// The rows of a query, each as its columns' texts.
    package func rows(_ sql: String) throws -> [String] {
        try PostgresConnection(configuration()).prepare(sql).all { try $0.string(at: 0) }
    }

    /// Writes a file that only the server can read into the folder of its data.
    package func write(_ text: String, to name: String) throws {
        let path = "\(folder)/data/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        guard chown(path, user.userID, user.groupID) == 0, chmod(path, 0o600) == 0 else {
            throw ThrowawayServerError("\(path) cannot be given to the server")
        }
    }

    /// Runs one of PostgreSQL's programs in the server's folder, as its user.
    package func run(_ program: String, _ arguments: [String]) async throws {
        // Where the PATH has links to the server's programs, it may not have one to each of them.
        let folder = URL(fileURLWithPath: "\(programs.folder)/postgres").resolvingSymlinksInPath()
            .deletingLastPathComponent().path
        let command = user.prefix + ["\(folder)/\(program)"] + arguments
        let finished = try await FinishedCommand(
            command[0], Array(command.dropFirst()), in: URL(fileURLWithPath: self.folder))
        guard finished.status == 0 else { throw ThrowawayServerError("\(program): \(finished)") }
    }
}
