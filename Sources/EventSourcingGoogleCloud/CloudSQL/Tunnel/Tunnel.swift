import NIOCore
import NIOPosix

/// A private local socket through which libpq reaches an instance.
///
/// libpq knows nothing of certificates that last an hour, and takes no connection that somebody else has made.
final class Tunnel: Sendable {
    let folder: TunnelFolder
    private let listener: any Channel
    private let connections: TunnelConnections

    /// Listens in a new folder.
    ///
    /// - Throws: ``CloudSQLError``.
    init(
        _ certificates: CertificateCache, dialer: TunnelDialer,
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
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
