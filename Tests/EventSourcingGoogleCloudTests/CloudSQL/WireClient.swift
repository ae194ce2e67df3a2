import NIOCore
import NIOPosix
import Testing

@testable import EventSourcingPostgres

/// A client of PostgreSQL that reads only when it is told to.
final class WireClient: Sendable {
    private let channel: any Channel
    private let handler: Counter
    /// How many bytes there were up to the next moment in which the server waits for a statement.
    var answer: EventLoopFuture<Int> { handler.answer.futureResult }
    /// How many bytes there were up to the end of the connection.
    var end: EventLoopFuture<Int> { handler.end.futureResult }

    /// Connects, and waits until the server is ready.
    init(path: String, database: String) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let handler = Counter(loop)
        self.handler = handler
        channel = try await ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler) }
            }
            .connect(unixDomainSocketPath: path).get()
        var parameters = ByteBuffer()
        for text in ["user", ThrowawayServer.user, "database", database, ""] {
            parameters.writeString(text)
            parameters.writeInteger(UInt8(0))
        }
        var message = ByteBuffer()
        message.writeInteger(Int32(parameters.readableBytes + 8))
        message.writeInteger(Int32(196_608))
        message.writeBuffer(&parameters)
        try await channel.writeAndFlush(message)
        _ = try await handler.ready.futureResult.get()
        try await channel.setOption(.autoRead, value: false).get()
    }

    /// Sends a statement, and does not read the answer.
    func query(_ sql: String, isLast: Bool = false) async throws {
        var message = ByteBuffer()
        message.writeString("Q")
        message.writeInteger(Int32(sql.utf8.count + 5))
        message.writeString(sql)
        message.writeInteger(UInt8(0))
        try await channel.writeAndFlush(message)
        if isLast { try await channel.close(mode: .output) }
    }

    /// Reads whatever comes.
    func readOn() {
        channel.setOption(.autoRead, value: true).whenComplete { _ in }
    }

    /// Counts what comes. ReadyForQuery is known by its bytes: the values in these tests are others.
    ///
    /// Unchecked: everything but the creation happens on the event loop.
    private final class Counter: ChannelInboundHandler, @unchecked Sendable {
        typealias InboundIn = ByteBuffer

        let ready: EventLoopPromise<Int>
        let answer: EventLoopPromise<Int>
        let end: EventLoopPromise<Int>
        private var count = 0
        private var tail: [UInt8] = []
        private var isReady = false

        init(_ loop: any EventLoop) {
            ready = loop.makePromise()
            answer = loop.makePromise()
            end = loop.makePromise()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            count += bytes.readableBytes
            tail = (tail + bytes.readableBytesView.suffix(6)).suffix(6)
            guard tail == Array("Z".utf8) + [0, 0, 0, 5] + Array("I".utf8) else { return }
            if isReady { answer.succeed(count) }
            isReady = true
            ready.succeed(count)
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .inputClosed? = event as? ChannelEvent { finish() }
        }

        func channelInactive(context: ChannelHandlerContext) {
            finish()
        }

        private func finish() {
            ready.fail(ChannelError.eof)
            answer.fail(ChannelError.eof)
            end.succeed(count)
        }
    }
}
