import NIOCore

/// One end of a connection through the tunnel: hands what it reads to the other end, and reads no faster than that end
/// can write.
///
/// Both ends are on one event loop. Whichever end is closed closes the other, and one that says it will send no more is
/// told on.
///
/// Unchecked: everything but the creation happens on the event loop.
final class PumpHandler: ChannelDuplexHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var context: ChannelHandlerContext?
    private var partner: PumpHandler?
    private var wantsToRead = false
    private var isInputClosed = false
    /// How much of what this end was given to write has not been sent yet.
    private var pendingWrites = 0
    /// Whether nothing will be written any more.
    private var isEnding = false
    private var isOutputClosed = false
    /// Whether there is no other end any more.
    private var isAlone = false
    /// Why this end broke, before there was another one to tell.
    private var failure: (any Error)?
    private var isClosed = false

    /// What this end has sent so far, for as long as the other one has not answered.
    private(set) var opening = Opening()
    /// What this end is told as soon as it has said what it wants.
    private var refusal: CloudSQLError?
    /// Is told whether anything came from this end.
    private var firstAnswer: EventLoopPromise<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        partner = nil
    }

    // MARK: Joining

    /// Joins the local end to one that leads to the server, and sends what an earlier one had been sent.
    ///
    /// - Returns: succeeds with the server's first bytes, or when it closed the connection as it should; fails when the
    ///   connection broke before that, and then the local end is still open and without another one. Nil when the local
    ///   end is not there any more.
    func join(_ server: PumpHandler) -> EventLoopFuture<Void>? {
        guard let context, !isClosed else {
            server.close()
            return nil
        }
        guard let serverContext = server.context, !server.isClosed, server.failure == nil else {
            return context.eventLoop.makeFailedFuture(server.failure ?? ChannelError.eof)
        }
        let promise = context.eventLoop.makePromise(of: Void.self)
        server.firstAnswer = promise
        partner = server
        server.partner = self
        if let bytes = opening.bytes, bytes.readableBytes > 0 {
            serverContext.writeAndFlush(NIOAny(bytes), promise: nil)
        }
        if isInputClosed { server.closeOutput() }
        readIfWanted()
        server.readIfWanted()
        return promise.futureResult
    }

    private func readIfWanted() {
        guard wantsToRead, let context else { return }
        wantsToRead = false
        read(context: context)
    }

    // MARK: Reading

    func read(context: ChannelHandlerContext) {
        guard let partner, partner.context?.channel.isWritable ?? false else {
            wantsToRead = true
            return
        }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let firstAnswer {
            self.firstAnswer = nil
            partner?.opening.forget()
            firstAnswer.succeed()
        }
        opening.append(unwrapInboundIn(data))
        if let refusal { return refuse(refusal) }
        partner?.write(data)
    }

    private func write(_ data: NIOAny) {
        guard let context else { return }
        pendingWrites += 1
        context.write(data).assumeIsolated().whenComplete { _ in
            self.pendingWrites -= 1
            self.closeOutputIfSent()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        partner?.context?.flush()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partner?.readIfWanted() }
        context.fireChannelWritabilityChanged()
    }

    // MARK: Closing

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            isInputClosed = true
            // A server that has heard everything, a request to cancel, closes without an answer.
            firstAnswer?.succeed()
            firstAnswer = nil
            partner?.closeOutput()
            if isOutputClosed { close() }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = failure ?? error
        end()
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosed = true
        if firstAnswer != nil { failure = failure ?? ChannelError.eof }
        end()
        context.fireChannelInactive()
    }

    /// Takes this end off the other one, which goes on alone when nothing has come of it yet.
    private func end() {
        let partner = partner
        self.partner = nil
        partner?.partner = nil
        if let firstAnswer {
            self.firstAnswer = nil
            firstAnswer.fail(failure ?? ChannelError.eof)
        } else {
            partner?.finish()
        }
    }

    /// Sends no more, once what is on its way has been sent.
    private func closeOutput() {
        guard !isEnding, let context else { return }
        isEnding = true
        context.flush()
        closeOutputIfSent()
    }

    /// Where the input is closed already, this closes the channel, and would take with it what has not been sent.
    private func closeOutputIfSent() {
        guard isEnding, !isOutputClosed, pendingWrites == 0, let context else { return }
        isOutputClosed = true
        if isInputClosed || isAlone { close() } else { context.close(mode: .output, promise: nil) }
    }

    /// Closes, once what is on its way has been sent.
    private func finish() {
        isAlone = true
        if isOutputClosed { close() } else { closeOutput() }
    }

    func close() {
        context?.close(promise: nil)
    }

    /// Says why there will be no connection, as a server does, and closes.
    ///
    /// First a client says what it wants; one whose message nobody reads may not read the answer.
    func refuse(_ error: CloudSQLError) {
        guard let context else { return }
        guard opening.isBegun else {
            refusal = error
            if wantsToRead { context.read() }
            return
        }
        refusal = nil
        guard !opening.isCancellation else { return close() }
        var buffer = context.channel.allocator.buffer(capacity: 256)
        ErrorResponse.write(error.wireText, to: &buffer)
        context.writeAndFlush(NIOAny(buffer)).assumeIsolated().whenComplete { _ in self.close() }
    }
}
