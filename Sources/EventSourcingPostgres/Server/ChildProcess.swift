import Foundation

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
package final class ChildProcess {
    let processID: pid_t
    private let pipe: Int32

    /// Starts a program; what it writes is dropped.
    ///
    /// - Throws: `ThrowawayServerError`.
    package init(_ command: [String], environment: [String]) throws {
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
        #if !canImport(Darwin)
            Self.closeOtherDescriptors(&actions)
        #endif
        // Signals that this process ignores or blocks must reach the child.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        var flags = Int32(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        #if canImport(Darwin)
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))

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

    #if !canImport(Darwin)
        private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

        /// Keeps what else is open here from the child, which lives long: whoever waits for the end of a file or of another
        /// process on a pipe would wait for the child, too.
        private static func closeOtherDescriptors(_ actions: inout posix_spawn_file_actions_t) {
            // The C library has it since glibc 2.34.
            if let function = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") {
                _ = unsafeBitCast(function, to: CloseFrom.self)(&actions, STDERR_FILENO + 1)
                return
            }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            for descriptor in names.compactMap({ Int32($0) }) where descriptor > STDERR_FILENO {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        }
    #endif

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
