/// When a request is sent once more, and after how long.
struct RetryPolicy: Sendable {
    /// How often a request is sent in all; 1 or more.
    var attempts = 5
    /// The shortest pause after the first attempt.
    var firstPause = Duration.milliseconds(200)
    /// By what the pause grows from one attempt to the next.
    var growth = 1.618
    /// No pause is longer, whatever a service asks for.
    var longestPause = Duration.seconds(60)

    /// The pause before the next attempt; nil when there is none.
    ///
    /// - Parameters:
    ///   - attempt: The attempt that has failed; the first is 1.
    ///   - status: The status of its answer; nil when there was none.
    ///   - retryAfter: What the service asked for.
    ///   - random: Between 0 and 1; it keeps many clients from coming back at the same moment.
    func pause(afterAttempt attempt: Int, status: Int?, retryAfter: Duration?, random: Double) -> Duration? {
        guard attempt < attempts, status.map(Self.isTransient) ?? true else { return nil }
        var pause = firstPause
        for _ in 1..<max(1, attempt) { pause = pause * growth }
        pause = pause * (1 + (growth - 1) * random)
        return min(max(pause, retryAfter ?? .zero), longestPause)
    }

    /// Whether the same request may succeed later: the service is overloaded, or failed itself.
    static func isTransient(_ status: Int) -> Bool {
        status == 408 || status == 429 || status >= 500
    }
}

/// Sends a request again when the service failed, or did not answer.
///
/// It is for requests that may be carried out twice; what must not be is sent through a transport without it.
struct RetryingTransport: HTTPTransport {
    let transport: any HTTPTransport
    var policy = RetryPolicy()
    /// Waits; tests do not.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var attempt = 1
        while true {
            let random = Double.random(in: 0...1)
            do {
                let response = try await transport.send(request)
                guard
                    response.status >= 400,
                    let pause = policy.pause(
                        afterAttempt: attempt, status: response.status, retryAfter: response.retryAfter, random: random)
                else { return response }
                try await sleep(pause)
            } catch let error as GoogleCloudError where error.status == nil {
                guard
                    let pause = policy.pause(
                        afterAttempt: attempt, status: nil, retryAfter: nil, random: random)
                else { throw error }
                try await sleep(pause)
            }
            attempt += 1
        }
    }
}
