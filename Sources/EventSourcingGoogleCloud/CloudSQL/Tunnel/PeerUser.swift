import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Who is at the other end of a Unix socket.
///
/// The folder keeps other users away from ours; this holds also when somebody has changed its permissions.
enum PeerUser {
    /// Whether it is the user of this process, or the one who may do everything anyway.
    static func isTrusted(_ channel: any Channel) -> EventLoopFuture<Bool> {
        guard let socket = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededFuture(false)
        }
        #if canImport(Darwin)
            return socket.unsafeGetSocketOption(
                level: .init(rawValue: SOL_LOCAL), name: .init(rawValue: LOCAL_PEERCRED)
            ).map { (peer: xucred) in isTrusted(peer.cr_uid) }
        #else
            return socket.unsafeGetSocketOption(level: .socket, name: .init(rawValue: SO_PEERCRED))
                .map { (peer: Credentials) in isTrusted(peer.user) }
        #endif
    }

    static func isTrusted(_ user: uid_t) -> Bool { user == geteuid() || user == 0 }

    /// `struct ucred` of Linux, which is only declared for C programs that ask for it.
    private struct Credentials: Sendable {
        var process: Int32 = 0
        var user: UInt32 = 0
        var group: UInt32 = 0
    }
}
