import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import SwiftASN1
import Synchronization
import X509

/// The proxy before a server: TLS 1.3 with certificates of clients on one side, and the server's socket on the other.
final class CloudSQLStandInProxy: Sendable {
    private let channel: any Channel
    private let connections = Connections()

    final class Connections: Sendable {
        let channels = Mutex<[ObjectIdentifier: any Channel]>([:])
    }

    init(postgres: String, _ state: CloudSQLStandIn.SharedState) async throws {
        let connections = connections
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { child in
                connections.channels.withLock { $0[ObjectIdentifier(child)] = child }
                child.closeFuture.whenComplete { _ in
                    connections.channels.withLock { $0[ObjectIdentifier(child)] = nil }
                }
                let (context, isSilent) = state.mutex.withLock { ($0.identity.context, $0.behaviour.isSilent) }
                guard !isSilent else { return child.eventLoop.makeSucceededVoidFuture() }
                return child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.addHandlers(
                        NIOSSLServerHandler(context: context), AcceptingHandler(postgres: postgres, state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var connectionCount: Int { connections.channels.withLock { $0.count } }

    func dropConnections() async {
        for child in connections.channels.withLock({ Array($0.values) }) { try? await child.close() }
    }

    func stop() async {
        try? await channel.close()
        await dropConnections()
    }

    deinit {
        channel.close(promise: nil)
    }
}

/// Connects to the server when the client's certificate has been accepted.
///
/// Unchecked: everything but the creation happens on the event loop.
private final class AcceptingHandler: ChannelInboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private let postgres: String
    private let state: CloudSQLStandIn.SharedState

    init(postgres: String, _ state: CloudSQLStandIn.SharedState) {
        self.postgres = postgres
        self.state = state
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        let bytes = try? context.pipeline.syncOperations.nioSSL_peerCertificate()?.toDERBytes()
        let serial = bytes.flatMap { try? Certificate(derEncoded: $0) }.map { "\($0.serialNumber)" } ?? ""
        state.mutex.withLock { state in
            state.accepted.append(CloudSQLStandIn.Accepted(serial: serial, login: state.issued[serial] ?? nil))
        }
        let (client, server) = RelayHandler.pair()
        do {
            // In the place of this one, so that what comes next waits for the server.
            try context.pipeline.syncOperations.addHandler(client, position: .after(self))
        } catch {
            return context.close(promise: nil)
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
        let channel = context.channel
        ClientBootstrap(group: context.eventLoop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(server) }
            }
            .connect(unixDomainSocketPath: postgres)
            .whenFailure { _ in channel.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
