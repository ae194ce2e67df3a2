import NIOCore

/// Joins two channels of one event loop: what one reads the other writes, as fast as that can.
///
/// Unchecked: everything but the creation happens on the event loop.
final class RelayHandler: ChannelDuplexHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private weak var partner: RelayHandler?
    private var context: ChannelHandlerContext?
    private var wantsToRead = false
    /// How many writes have not arrived yet. TLS would drop them with the connection.
    private var pending = 0
    private var isEnding = false
    private var isClosing = false

    static func pair() -> (RelayHandler, RelayHandler) {
        let (one, other) = (RelayHandler(), RelayHandler())
        one.partner = other
        other.partner = one
        return (one, other)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isWritable { partner?.readIfWanted() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    private func readIfWanted() {
        guard wantsToRead else { return }
        wantsToRead = false
        context?.read()
    }

    func read(context: ChannelHandlerContext) {
        if partner?.context?.channel.isWritable ?? false {
            context.read()
        } else {
            wantsToRead = true
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        partner?.write(data)
    }

    private func write(_ data: NIOAny) {
        guard let context else { return }
        pending += 1
        context.write(data).assumeIsolated().whenComplete { _ in
            self.pending -= 1
            self.endIfDone()
        }
    }

    private func endIfDone() {
        guard pending == 0 else { return }
        if isClosing { context?.close(promise: nil) } else if isEnding { context?.close(mode: .output, promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        partner?.context?.flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partner?.readIfWanted() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent, let partner {
            partner.isEnding = true
            partner.endIfDone()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard let partner else { return }
        partner.isClosing = true
        partner.endIfDone()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
