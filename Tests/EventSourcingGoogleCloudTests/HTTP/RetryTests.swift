import GoogleCloudTestSupport
import Synchronization
import Testing

@testable import EventSourcingGoogleCloud

@Suite("Requests that are repeated")
struct RetryTests {
    /// Answers from a list, and remembers how often it was asked.
    private final class Script: HTTPTransport {
        private let answers: Mutex<[Result<HTTPResponse, GoogleCloudError>]>
        let pauses = Mutex<[Duration]>([])

        init(_ answers: [Result<HTTPResponse, GoogleCloudError>]) {
            self.answers = Mutex(answers)
        }

        var left: Int { answers.withLock(\.count) }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            try answers.withLock { $0.removeFirst() }.get()
        }

        func retrying() -> RetryingTransport {
            RetryingTransport(transport: self) { pause in self.pauses.withLock { $0.append(pause) } }
        }
    }

    private func answer(_ status: Int, retryAfter: String? = nil) -> Result<HTTPResponse, GoogleCloudError> {
        .success(
            HTTPResponse(status: status, headers: retryAfter.map { [("Retry-After", $0)] } ?? [], body: []))
    }

    private let request = HTTPRequest(method: "GET", url: "https://example.com/a?key=secret")

    @Test("A service that fails is asked again, a little later each time")
    func transient() async throws {
        let script = Script([answer(503), answer(429), .failure(GoogleCloudError(.unreachable, "cut")), answer(200)])
        #expect(try await script.retrying().send(request).status == 200)
        let pauses = script.pauses.withLock { $0 }
        #expect(pauses.count == 3)
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 * 1.001 }, "\(pauses)")
        #expect(pauses[0] >= .milliseconds(200) && pauses[2] <= .seconds(1), "\(pauses)")
    }

    @Test("After five attempts the last answer stands")
    func exhausted() async throws {
        let script = Script([500, 502, 503, 504, 500, 200].map { answer($0) })
        #expect(try await script.retrying().send(request).status == 500)
        #expect(script.left == 1)
        let broken = Script(Array(repeating: .failure(GoogleCloudError(.timedOut, "late")), count: 6))
        await #expect(throws: GoogleCloudError.self) { try await broken.retrying().send(request) }
        #expect(broken.left == 1)
    }

    @Test("What the service refuses is not repeated", arguments: [400, 401, 403, 404, 409, 412])
    func refused(status: Int) async throws {
        let script = Script([answer(status), answer(200)])
        #expect(try await script.retrying().send(request).status == status)
        #expect(script.left == 1)
    }

    @Test("A pause that the service asks for is kept, up to a minute")
    func retryAfter() async throws {
        let script = Script([answer(503, retryAfter: "7"), answer(503, retryAfter: "86400"), answer(200)])
        #expect(try await script.retrying().send(request).status == 200)
        #expect(script.pauses.withLock { $0 } == [.seconds(7), .seconds(60)])
    }
}
