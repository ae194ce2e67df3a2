import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Sends requests with AsyncHTTPClient.
struct AsyncHTTPTransport: HTTPTransport {
    /// An answer that is longer is refused; pages of a query have a fraction of it.
    static let maximumAnswer = 256 << 20

    /// One client for the process: it keeps connections open for the next request, and is never shut down, just as
    /// AsyncHTTPClient's own shared client. That one follows redirections, which here would take an answer with the
    /// status 308, by which an upload is told to go on, for one.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: .seconds(10)))
        // What Google's load balancers close after ten minutes is not worth keeping.
        configuration.connectionPool.idleTimeout = .minutes(4)
        // Who repeats a request repeats that, too.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if let body = request.body { outgoing.body = .bytes(body) }
        do {
            let deadline = NIODeadline.now() + TimeAmount(request.timeout)
            let answer = try await Self.client.execute(outgoing, deadline: deadline)
            let body = try await answer.body.collect(upTo: Self.maximumAnswer)
            return HTTPResponse(
                status: Int(answer.status.code), headers: answer.headers.map { ($0.name, $0.value) },
                body: Array(body.readableBytesView))
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw GoogleCloudError(error, of: request)
        }
    }
}

extension GoogleCloudError {
    /// What AsyncHTTPClient or SwiftNIO threw, without the details of a request in it.
    fileprivate init(_ error: any Error, of request: HTTPRequest) {
        let timeouts: [HTTPClientError] = [
            .deadlineExceeded, .readTimeout, .connectTimeout, .getConnectionFromPoolTimeout, .writeTimeout,
        ]
        if let error = error as? HTTPClientError, timeouts.contains(error) {
            self.init(.timedOut, "there was no answer within \(request.timeout)", request: request.summary)
        } else {
            self.init(.unreachable, "there was no answer: \(error)", request: request.summary)
        }
    }
}
