import NIOCore
import NIOSSL
import NIOTLS

/// Waits for the end of a TLS handshake, checks who the server is, and only then lets anybody write.
///
/// Unchecked: everything but the creation happens on the event loop.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private let identity: ServerIdentity
    private let timeout: TimeAmount
    private var promise: EventLoopPromise<PumpHandler>?
    private var deadline: Scheduled<Void>?

    init(identity: ServerIdentity, timeout: TimeAmount, promise: EventLoopPromise<PumpHandler>) {
        self.identity = identity
        self.timeout = timeout
        self.promise = promise
    }

    func handlerAdded(context: ChannelHandlerContext) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { [self] in
            fail(ChannelError.connectTimeout(timeout), context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        do {
            let pipeline = context.pipeline.syncOperations
            try identity.check(try pipeline.nioSSL_peerCertificate())
            let pump = PumpHandler()
            try pipeline.addHandler(pump, position: .after(self))
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
            promise?.succeed(pump)
            promise = nil
        } catch {
            fail(error, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Until it is removed, what comes after the handshake passes by.
        guard promise != nil else { return context.fireErrorCaught(error) }
        fail(error, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(ChannelError.eof, context)
        context.fireChannelInactive()
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        guard let promise else { return }
        self.promise = nil
        promise.fail(error)
        // Without a farewell: nothing is sent to a server that is not the one we want.
        context.close(mode: .all, promise: nil)
    }
}
