import NIOCore
import NIOPosix
import Synchronization

/// A private local socket through which libpq reaches an instance.
///
/// libpq knows nothing of certificates that last an hour, and takes no connection that somebody else has made.
final class Tunnel: Sendable {
    private struct State {
        var isClosed = false
        var locals: [ObjectIdentifier: any Channel] = [:]
    }

    let folder: TunnelFolder
    private let listener: any Channel
    private let connections: TunnelConnections

    /// Listens in a new folder.
    ///
    /// - Throws: ``CloudSQLError``.
    init(
        _ certificates: CertificateCache, dialer: TunnelDialer, group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
    ) async throws {
        let folder = try TunnelFolder()
        let connections = TunnelConnections(certificates, dialer)
        do {
            listener = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 256)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let local = PumpHandler()
                        try channel.pipeline.syncOperations.addHandler(local)
                        connections.accept(channel, local)
                    }
                }
                .bind(unixDomainSocketPath: folder.socketPath).get()
        } catch {
            throw CloudSQLError(.cannotListen, "there can be no socket at \(folder.socketPath): \(error)")
        }
        self.folder = folder
        self.connections = connections
    }

    deinit {
        listener.close(promise: nil)
        connections.close()
        folder.remove()
    }

    /// How many connections there are.
    var connectionCount: Int { connections.count }

    /// Closes the socket and every connection, and removes the folder.
    func close() async {
        try? await listener.close().get()
        connections.close()
        folder.remove()
    }
}

/// The connections through a tunnel.
final class TunnelConnections: Sendable {
    private struct State {
        var isClosed = false
        var channels: [ObjectIdentifier: any Channel] = [:]
    }

    private let certificates: CertificateCache
    private let dialer: TunnelDialer
    private let state = Mutex(State())

    init(_ certificates: CertificateCache, _ dialer: TunnelDialer) {
        self.certificates = certificates
        self.dialer = dialer
    }

    var count: Int { state.withLock { $0.channels.count } }

    func close() {
        let channels = state.withLock { state in
            defer { state.channels = [:] }
            state.isClosed = true
            return state.channels.values
        }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Takes a connection of libpq's and makes one to the server for it.
    func accept(_ channel: any Channel, _ local: PumpHandler) {
        let isClosed = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.isClosed
        }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
        }
        guard !isClosed else { return channel.close(promise: nil) }
        PeerUser.isTrusted(channel).whenComplete { result in
            guard case .success(true) = result else { return channel.close(promise: nil) }
            Task {
                do {
                    try await self.connect(local, on: channel.eventLoop)
                } catch {
                    await self.refuse(local, channel, error)
                }
            }
        }
    }

    /// Connects to the server, and once more with another certificate when it was that.
    private func connect(_ local: PumpHandler, on loop: any EventLoop) async throws {
        let info = try await certificates.current()
        do {
            return try await connect(local, with: info, on: loop)
        } catch {
            guard try await mayTryAgain(after: error, info) else { throw error }
        }
        let other = try await certificates.current()
        do {
            try await connect(local, with: other, on: loop)
        } catch {
            // It is not used again, but this connection has tried enough.
            if error.concernsCertificate { await certificates.refuse(other, because: error) }
            throw error
        }
    }

    private func mayTryAgain(after error: CloudSQLError, _ info: ConnectionInfo) async throws -> Bool {
        if error.concernsCertificate {
            await certificates.refuse(info, because: error)
            return true
        }
        guard await certificates.reconsider(info) else { return false }
        // A port that nobody answers at takes long, so only another address is tried.
        return error.isBrokenOff ? true : try await certificates.current().host != info.host
    }

    private func connect(
        _ local: PumpHandler, with info: ConnectionInfo, on loop: any EventLoop
    ) async throws(CloudSQLError) {
        do {
            let server = try await dialer.dial(info, on: loop)
            try await loop.flatSubmit { local.join(server) ?? loop.makeSucceededVoidFuture() }.get()
        } catch {
            throw dialer.failure(error, info)
        }
    }

    /// Lets libpq know why, once it has said what it wants.
    private func refuse(_ local: PumpHandler, _ channel: any Channel, _ error: any Error) async {
        let error =
            error as? CloudSQLError ?? CloudSQLError(.unreachable, "there is no connection to the instance: \(error)")
        channel.eventLoop.execute { local.refuse(error) }
    }
}

extension CloudSQLError {
    /// Whether another certificate, or another list of authorities, may be what it takes.
    fileprivate var concernsCertificate: Bool {
        [.wrongServerAuthority, .wrongServerName, .certificateRefused].contains(code)
    }

    fileprivate var isBrokenOff: Bool { message.contains("closed the connection before") }
}
