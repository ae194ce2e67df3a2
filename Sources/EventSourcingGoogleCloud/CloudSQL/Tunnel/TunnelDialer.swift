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

/// Why there is no connection to an instance's server.
struct DialFailure: Error {
    enum Kind {
        /// Another certificate, or another list of authorities, may be what it takes.
        case certificate
        /// The other side closed the connection, for whatever reason, before anything came of it.
        case brokenOff
        /// There was no connection.
        case unreachable
    }

    let kind: Kind
    let error: CloudSQLError

    init(_ kind: Kind, _ code: CloudSQLError.Code, _ message: String) {
        self.kind = kind
        error = CloudSQLError(code, message)
    }
}

/// Connects to the proxy that stands before an instance's server.
struct TunnelDialer: Sendable {
    let port: Int
    /// How long TCP may take, and then TLS.
    var timeout = TimeAmount.seconds(10)

    /// Connects, and checks the server's certificate.
    ///
    /// - Throws: ``DialFailure``.
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
                value: value)
        }
        return bootstrap
    }

    /// What an error of the network or of TLS means here.
    func failure(_ error: any Error, _ info: ConnectionInfo) -> DialFailure {
        if let failure = error as? DialFailure { return failure }
        if let error = error as? CloudSQLError { return DialFailure(.certificate, error.code, error.message) }
        let place = "\(info.host):\(port)"
        // BoringSSL's errors have no other names.
        let text = String(describing: error)
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return DialFailure(
                .certificate, .wrongServerAuthority,
                "the certificate of the server at \(place) is not from an authority that the Admin API names, or has ended"
            )
        }
        if Self.refusals.contains(where: { text.contains("ALERT_\($0)") }) {
            return DialFailure(
                .certificate, .certificateRefused, "the server at \(place) refused our certificate")
        }
        switch error {
        case ChannelError.connectTimeout:
            return DialFailure(
                .unreachable, .unreachable,
                "nothing answers at \(place): check the firewall, and whether the address is of the right kind")
        case is NIOConnectionError:
            return DialFailure(.unreachable, .unreachable, "there is no connection to \(place): \(text)")
        default:
            return DialFailure(
                .brokenOff, .unreachable,
                "the server at \(place) closed the connection before it said anything: \(text)")
        }
    }

    /// How a server says that it does not want our certificate. In TLS 1.3 that comes after the handshake.
    private static let refusals = [
        "BAD_CERTIFICATE", "UNKNOWN_CA", "CERTIFICATE_EXPIRED", "CERTIFICATE_REVOKED", "CERTIFICATE_UNKNOWN",
        "CERTIFICATE_REQUIRED", "DECRYPT_ERROR", "ACCESS_DENIED", "UNSUPPORTED_CERTIFICATE",
    ]
}
