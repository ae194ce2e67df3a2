/// A request to one of Google's services.
struct HTTPRequest: Sendable {
    var method: String
    /// With its query, percent-encoded.
    var url: String
    /// Names are compared without case. `Authorization` is among them when the request needs it.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]?
    /// How long the whole exchange may take.
    var timeout: Duration = .seconds(60)

    /// The method, the host and the path, for errors: a query may hold what is secret.
    var summary: String {
        var place = Substring(url)
        if let scheme = place.firstRange(of: "://") { place = place[scheme.upperBound...] }
        return "\(method) \(place.prefix { $0 != "?" && $0 != "#" })"
    }
}

/// What a service answered, whatever the status.
struct HTTPResponse: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// The first value of a header, whose name is compared without case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// How long the service asks to be left alone, when it says so in seconds (RFC 9110, section 10.2.3).
    var retryAfter: Duration? {
        header("Retry-After").flatMap(Int.init).map { .seconds($0) }
    }
}

/// Carries requests to a service and its answers back.
///
/// An answer is returned whatever its status; only an exchange without an answer throws, a ``GoogleCloudError`` with the
/// code ``GoogleCloudError/Code/unreachable`` or ``GoogleCloudError/Code/timedOut``. Whether the service has received the
/// request is not known then.
protocol HTTPTransport: Sendable {
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
