import EventSourcing

/// Keeps tokens while they are valid.
actor TokenCache {
    private var tokens: [Set<GoogleScope>: AccessToken] = [:]
    private var requests: [Set<GoogleScope>: Task<AccessToken, any Error>] = [:]

    /// The token that is kept, or else the one that is fetched now, once for all who ask.
    ///
    /// - Parameter margin: How many microseconds a token must still be valid for not to be replaced.
    func token(
        for scopes: Set<GoogleScope>, at now: Instant, margin: Int64,
        fetch: @escaping @Sendable () async throws -> AccessToken
    ) async throws -> AccessToken {
        let kept = tokens[scopes]
        if let kept, kept.timeLeft(at: now) > margin { return kept }
        // Not a task of the caller, whose end is none of the others' business.
        let request = requests[scopes] ?? Task { try await fetch() }
        requests[scopes] = request
        do {
            let token = try await request.value
            if requests[scopes] == request { requests[scopes] = nil }
            tokens[scopes] = token
            return token
        } catch {
            if requests[scopes] == request { requests[scopes] = nil }
            // A few seconds are enough for a request that is sent at once.
            if let kept, kept.timeLeft(at: now) > 10_000_000 { return kept }
            throw error
        }
    }
}

extension AccessToken {
    /// How many microseconds the token is still valid; negative when it is not.
    func timeLeft(at now: Instant) -> Int64 {
        expiration.microsecondsSince1970 - now.microsecondsSince1970
    }
}
