/// A request to one of Google's services that did not succeed.
///
/// It has no token, no key and no password in it, and of a URL only the host and the path.
public struct GoogleCloudError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: String, Hashable, Sendable {
        /// There are no credentials to be found, in none of the places where Google's clients look.
        case noCredentials
        /// Credentials are there, and cannot be used: a file that is not what it should be, or an account that was refused.
        case invalidCredentials
        /// There was no answer: no address, no connection, a certificate that is not trusted, or the connection broke.
        case unreachable
        /// There was no answer in time.
        case timedOut
        /// The service refused the request; ``GoogleCloudError/status`` and ``GoogleCloudError/reason`` say how.
        case refused
        /// The answer is none that this client knows.
        case unexpectedAnswer
    }

    /// What went wrong.
    public let code: Code
    /// What is wrong and what to do, in words.
    public let message: String
    /// The method, the host and the path of the request, such as `GET bigquery.googleapis.com/bigquery/v2/…`; nil when
    /// there was none.
    public let request: String?
    /// The HTTP status of the answer; nil when there was none.
    public let status: Int?
    /// Google's word for the reason, such as `notFound`, `duplicate` or `rateLimitExceeded`, on which code can decide; nil
    /// when the answer has none.
    public let reason: String?
    /// How long the service asks to wait before the request is repeated; nil when it did not say.
    public let retryAfter: Duration?

    /// Creates the error; clients do.
    public init(
        _ code: Code, _ message: String, request: String? = nil, status: Int? = nil, reason: String? = nil,
        retryAfter: Duration? = nil
    ) {
        self.code = code
        self.message = message
        self.request = request
        self.status = status
        self.reason = reason
        self.retryAfter = retryAfter
    }
}

extension GoogleCloudError: CustomStringConvertible {
    /// What is wrong and what to do, with the request and Google's words for it.
    public var description: String {
        var text = message
        if let request { text = "\(request): \(text)" }
        let facts = [status.map { "HTTP status \($0)" }, reason].compactMap { $0 }
        return facts.isEmpty ? text : "\(text) (\(facts.joined(separator: ", ")))"
    }
}

extension GoogleCloudError {
    /// The error that an answer with a status of 400 or above stands for.
    ///
    /// Google's errors are `{"error": {"code": 409, "message": "…", "errors": [{"reason": "duplicate"}], "status": "…"}}`;
    /// a proxy on the way may answer anything else.
    init(_ response: HTTPResponse, to request: HTTPRequest) {
        let body = GoogleErrorBody(response.body)
        self.init(
            .refused, body?.message ?? "the service answered \(response.status) without saying why",
            request: request.summary, status: response.status, reason: body?.reason,
            retryAfter: response.retryAfter)
    }
}
