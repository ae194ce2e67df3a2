import GoogleCloudTestSupport
import Testing

@testable import EventSourcingGoogleCloud

@Suite("Requests over HTTP")
struct TransportTests {
    private let transport = AsyncHTTPTransport()

    @Test("Method, headers and body arrive, and so do status, headers and body of the answer")
    func exchange() async throws {
        let server = try await TestHTTPServer.start { request in
            .answer(
                status: 308, headers: ["Range": "bytes=0-4", "Location": "/elsewhere"],
                body: Array("\(request.method) \(request.path) \(request.query)".utf8) + request.body)
        }
        let request = HTTPRequest(
            method: "PUT", url: server.url + "/a?x=1%202", headers: [("Content-Range", "bytes 0-4/*")],
            body: Array("hello".utf8))
        let response = try await transport.send(request)
        #expect(response.status == 308)
        #expect(response.header("range") == "bytes=0-4")
        #expect(String(decoding: response.body, as: UTF8.self) == #"PUT /a ["x": "1 2"]hello"#)
        #expect(server.requests.map(\.headers["content-range"]) == ["bytes 0-4/*"])
        await server.stop()
    }

    @Test("A connection that is cut is an error that names the place and not the query")
    func cut() async throws {
        let server = try await TestHTTPServer.start(cut: { _ in 1 << 20 }) { _ in .hangUp }
        let request = HTTPRequest(
            method: "POST", url: server.url + "/upload?token=secret", body: Array(repeating: 7, count: 8 << 20))
        let error = try await #require(throws: GoogleCloudError.self) { try await transport.send(request) }
        #expect(error.code == .unreachable)
        #expect(error.request == "POST \(server.host)/upload")
        #expect(!"\(error)".contains("secret"))
        #expect(server.requests.map(\.body.count) == [1 << 20])
        await server.stop()
    }

    @Test("A service that does not answer in time is an error, and one that is not there")
    func silence() async throws {
        let server = try await TestHTTPServer.start { _ in
            try? await Task.sleep(for: .seconds(5))
            return .hangUp
        }
        let late = HTTPRequest(method: "GET", url: server.url + "/", timeout: .milliseconds(100))
        #expect(
            try await #require(throws: GoogleCloudError.self) { try await transport.send(late) }.code == .timedOut)
        await server.stop()
        let absent = HTTPRequest(method: "GET", url: "http://127.0.0.1:1/")
        #expect(
            try await #require(throws: GoogleCloudError.self) { try await transport.send(absent) }.code == .unreachable)
    }

    @Test("A task that is cancelled throws a cancellation")
    func cancellation() async throws {
        let server = try await TestHTTPServer.start { _ in
            try? await Task.sleep(for: .seconds(5))
            return .hangUp
        }
        let task = Task { try await transport.send(HTTPRequest(method: "GET", url: server.url + "/")) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await server.stop()
    }

    @Test(
        "The forms of Google's errors are understood",
        arguments: [
            (
                #"{"error":{"code":409,"message":"Already Exists","errors":[{"reason":"duplicate"}],"status":"ALREADY_EXISTS"}}"#,
                "Already Exists", "duplicate"
            ),
            (#"{"error":{"code":404,"message":"no such thing","status":"NOT_FOUND"}}"#, "no such thing", "NOT_FOUND"),
            (#"{"error":"invalid_grant","error_description":"Bad Request"}"#, "Bad Request", "invalid_grant"),
            ("<html>502</html>", "the service answered 502 without saying why", nil),
        ])
    func errors(body: String, message: String, reason: String?) {
        let response = HTTPResponse(status: 502, headers: [("retry-after", "3")], body: Array(body.utf8))
        let error = GoogleCloudError(response, to: HTTPRequest(method: "GET", url: "https://h/p?q=1"))
        #expect(error.message == message)
        #expect(error.reason == reason)
        #expect(error.status == 502 && error.retryAfter == .seconds(3) && error.request == "GET h/p")
    }
}
