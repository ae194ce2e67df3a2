import Foundation

@testable import EventSourcingPostgres

/// The sockets of a proxy, as plain as the system has them.
enum Sockets {
    #if canImport(Darwin)
        private static let stream = SOCK_STREAM
        private static let noSignal: Int32 = 0
    #else
        private static let stream = Int32(SOCK_STREAM.rawValue)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif

    private static func make(_ family: Int32) throws -> Int32 {
        let socket = socket(family, stream, 0)
        guard socket >= 0 else { throw failure("socket") }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        return socket
    }

    private static func failure(_ call: String) -> ThrowawayServerError {
        ThrowawayServerError("\(call): \(String(cString: strerror(errno)))")
    }

    /// Calls a closure with an address as the system's functions want it.
    private static func with<Address, Result>(
        _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    private static func address(_ path: String) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return address
    }

    /// Listens on a Unix socket.
    static func listen(at path: String) throws -> Int32 {
        let socket = try make(AF_UNIX)
        guard with(address(path), { bind(socket, $0, $1) }) == 0, Foundation.listen(socket, 64) == 0 else {
            throw failure("listen")
        }
        return socket
    }

    /// Listens on a port of this machine that is free.
    static func listen(bufferSize: Int32?) throws -> (socket: Int32, port: UInt16) {
        let socket = try make(AF_INET)
        if var size = bufferSize {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        guard with(address, { bind(socket, $0, $1) }) == 0, Foundation.listen(socket, 64) == 0 else {
            throw failure("listen")
        }
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
        }
        guard result == 0 else { throw failure("getsockname") }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    /// Connects to a Unix socket; nil when nobody listens.
    static func connect(to path: String) -> Int32? {
        guard let socket = try? make(AF_UNIX) else { return nil }
        if with(address(path), { Foundation.connect(socket, $0, $1) }) == 0 { return socket }
        close(socket)
        return nil
    }

    /// The descriptors that have something to read, for which it waits a moment.
    static func readable(_ descriptors: [Int32]) -> [Int32] {
        var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&polled, nfds_t(polled.count), 5) > 0 else { return [] }
        return polled.filter { $0.revents != 0 }.map(\.fd)
    }

    /// Reads what there is; nothing at the end, and after a failure.
    static func read(_ socket: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &buffer, buffer.count, 0)
        return Array(buffer.prefix(max(0, count)))
    }

    /// Writes everything; false when nobody reads it any more.
    static func write(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, noSignal) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
