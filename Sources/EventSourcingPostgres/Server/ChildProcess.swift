#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A child process that notices the end of this one: it reads from a pipe whose other end is ours alone.
///
/// However this process ends, the system closes the pipe. The child is in a process group of its own, so that an
/// interrupt from the terminal does not reach it before.
final class ChildProcess {
    let processID: pid_t
    private let pipe: Int32

    /// Starts a program; what it writes is dropped.
    ///
    /// - Throws: `ThrowawayServerError`.
    init(_ command: [String], environment: [String]) throws {
        var ends: [Int32] = [0, 0]
        guard Self.makePipe(&ends) else { throw Self.failure("cannot make a pipe", errno) }
        defer { close(ends[0]) }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        // Signals that this process ignores or blocks must reach the child.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let arguments = command.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var processID = pid_t()
        let result = posix_spawn(&processID, command[0], &actions, &attributes, arguments, variables)
        guard result == 0 else {
            close(ends[1])
            throw Self.failure("cannot start \(command[0])", result)
        }
        self.processID = processID
        pipe = ends[1]
    }

    /// Lets the child notice, and waits for its end.
    deinit {
        close(pipe)
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
    }

    /// Two connected ends that no other child inherits, from the first moment on where the system can do that.
    private static func makePipe(_ ends: inout [Int32]) -> Bool {
        #if canImport(Darwin)
            guard Darwin.pipe(&ends) == 0 else { return false }
            return ends.allSatisfy { fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
        #else
            let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            return socketpair(AF_UNIX, type, 0, &ends) == 0
        #endif
    }

    private static func failure(_ what: String, _ code: Int32) -> ThrowawayServerError {
        ThrowawayServerError("\(what): \(String(cString: strerror(code)))")
    }
}
