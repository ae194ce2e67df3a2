import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A request that a ``TestHTTPServer`` has received.
package struct TestHTTPRequest: Sendable {
    package let method: String
    /// Without the query, as it was sent.
    package let path: String
    /// The query's parameters, decoded.
    package let query: [String: String]
    /// Names in lower case.
    package let headers: [String: String]
    /// All of the body, or what had come before the connection was cut.
    package let body: [UInt8]
}

/// What a ``TestHTTPServer`` does with a request.
package enum TestHTTPAnswer: Sendable {
    case answer(status: Int, headers: [String: String] = [:], body: [UInt8] = [])
    /// The connection is closed without an answer.
    case hangUp

    package static func json(_ text: String, status: Int = 200, headers: [String: String] = [:]) -> TestHTTPAnswer {
        let headers = headers.merging(["Content-Type": "application/json"]) { kept, _ in kept }
        return .answer(status: status, headers: headers, body: Array(text.utf8))
    }
}

/// An HTTP server on loopback that answers what a test says.
package final class TestHTTPServer: Sendable {
    /// What answers; it may wait, and other requests are answered meanwhile.
    package typealias Handler = @Sendable (TestHTTPRequest) async -> TestHTTPAnswer
    /// Says of a request, of which there is no body yet, after how many bytes of the body the connection is cut; nil never.
    package typealias Cut = @Sendable (TestHTTPRequest) -> Int?

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    package let url: String
    /// `127.0.0.1:PORT`.
    package let host: String
    private let channel: any Channel
    private let log: Log

    private final class Log: Sendable {
        let requests = Mutex<[TestHTTPRequest]>([])
        let connections = Mutex<[ObjectIdentifier: any Channel]>([:])
    }

    /// All requests so far, in the order in which they were complete.
    package var requests: [TestHTTPRequest] { log.requests.withLock { $0 } }

    /// Begins to listen.
    package static func start(cut: @escaping Cut = { _ in nil }, _ handler: @escaping Handler) async throws
        -> TestHTTPServer
    {
        let log = Log()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                log.connections.withLock { $0[ObjectIdentifier(child)] = child }
                child.closeFuture.whenComplete { _ in
                    log.connections.withLock { $0[ObjectIdentifier(child)] = nil }
                }
                return child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.configureHTTPServerPipeline()
                    try child.pipeline.syncOperations.addHandler(
                        TestHTTPConnection(cut: cut) { request in
                            log.requests.withLock { $0.append(request) }
                            return await handler(request)
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TestHTTPServer(channel, port: channel.localAddress?.port ?? 0, log)
    }

    private init(_ channel: any Channel, port: Int, _ log: Log) {
        self.log = log
        self.channel = channel
        host = "127.0.0.1:\(port)"
        url = "http://127.0.0.1:\(port)"
    }

    /// Stops listening, and closes all connections.
    package func stop() async {
        try? await channel.close()
        for connection in log.connections.withLock({ Array($0.values) }) { try? await connection.close() }
    }

    deinit {
        channel.close(promise: nil)
    }
}
