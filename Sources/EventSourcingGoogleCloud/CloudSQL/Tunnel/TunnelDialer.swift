import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Connects to the proxy that stands before an instance's server.
struct TunnelDialer: Sendable {
    /// The port is the same for every instance.
    static let standardPort = 3307

    let port: Int
    /// How long TCP may take, and then TLS.
    var timeout = TimeAmount.seconds(10)

    /// Connects, and checks the server's certificate.
    ///
    /// - Throws: ``CloudSQLError``.
    func dial(_ info: ConnectionInfo, on loop: any EventLoop) async throws -> PumpHandler {
        let promise = loop.makePromise(of: PumpHandler.self)
        do {
            let channel = try await bootstrap(on: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandlers(
                            NIOSSLClientHandler(context: info.context, serverHostname: nil),
                            HandshakeHandler(identity: info.identity, timeout: timeout, promise: promise))
                    }
                }
                .connect(host: info.host, port: port).get()
            // The deadline of the handshake ends this.
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            promise.fail(error)
            throw failure(error, info)
        }
    }

    private func bootstrap(on loop: any EventLoop) -> ClientBootstrap {
        var bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(timeout)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
        // libpq is at a local socket and notices nothing of a network that has failed, so this end has to, within a
        // minute as elsewhere.
        #if os(Linux)
            let keepalives = [(TCP_KEEPIDLE, 30), (TCP_KEEPINTVL, 10), (TCP_KEEPCNT, 3), (TCP_USER_TIMEOUT, 60_000)]
        #else
            let keepalives = [(TCP_KEEPALIVE, 30), (TCP_KEEPINTVL, 10), (TCP_KEEPCNT, 3)]
        #endif
        for (option, value) in keepalives {
            bootstrap = bootstrap.channelOption(
                ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: CInt(option))),
                value: CInt(value))
        }
        return bootstrap
    }

    /// What an error of the network or of TLS means here.
    func failure(_ error: any Error, _ info: ConnectionInfo) -> CloudSQLError {
        if let error = error as? CloudSQLError { return error }
        let place = "\(info.host):\(port)"
        let text = String(describing: error)
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return CloudSQLError(
                .wrongServerAuthority,
                "the certificate of the server at \(place) is not from an authority that the Admin API names, or has ended")
        }
        if Self.isRefusal(error) {
            return CloudSQLError(.certificateRefused, "the server at \(place) refused our certificate")
        }
        switch error {
        case ChannelError.connectTimeout:
            return CloudSQLError(
                .unreachable,
                "nothing answers at \(place): check the firewall, and whether the address is the right kind")
        case ChannelError.eof, NIOSSLError.uncleanShutdown:
            return CloudSQLError(.unreachable, "the server at \(place) closed the connection before it said anything")
        default:
            return CloudSQLError(.unreachable, "there is no connection to \(place): \(text)")
        }
    }

    /// Whether a server said that it does not want our certificate. In TLS 1.3 that comes after the handshake.
    static func isRefusal(_ error: any Error) -> Bool {
        let text = String(describing: error)
        return ["BAD_CERTIFICATE", "UNKNOWN_CA", "CERTIFICATE_EXPIRED", "CERTIFICATE_REVOKED", "CERTIFICATE_UNKNOWN",
            "CERTIFICATE_REQUIRED", "DECRYPT_ERROR", "ACCESS_DENIED", "UNSUPPORTED_CERTIFICATE",
        ].contains { text.contains("ALERT_\($0)") }
    }
}
