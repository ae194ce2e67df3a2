import EventSourcing
import Foundation
import JSONText

/// Gets access tokens for credentials, one request for each.
struct TokenExchange: Sendable {
    let transport: any HTTPTransport
    /// Where the metadata server is, such as `metadata.google.internal`.
    let metadataHost: String

    /// A token of the credentials of a file.
    func token(of credentials: GoogleCredentials, for scopes: [GoogleScope], at now: Instant) async throws
        -> AccessToken
    {
        switch credentials {
        case .serviceAccount(let key):
            let assertion = try SignedAssertion.make(for: key, scopes: scopes, at: now)
            return try await token(
                from: key.tokenURL,
                form: [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion)], at: now
            )
        case .authorizedUser(let user):
            // The scopes are those that the user has agreed to.
            return try await token(
                from: user.tokenURL,
                form: [
                    ("grant_type", "refresh_token"), ("client_id", user.clientID), ("client_secret", user.clientSecret),
                    ("refresh_token", user.refreshToken),
                ], at: now)
        case .impersonated(let impersonation):
            let own = try await token(of: impersonation.source, for: [.cloudPlatform], at: now)
            return try await token(of: impersonation, with: own, for: scopes)
        }
    }

    /// A token of the service account that the machine runs as.
    ///
    /// See <https://cloud.google.com/compute/docs/access/authenticate-workloads>.
    func metadataToken(for scopes: [GoogleScope], at now: Instant) async throws -> AccessToken {
        let list = scopes.map(\.rawValue).joined(separator: ",")
        let request = HTTPRequest(
            method: "GET",
            url:
                "http://\(metadataHost)/computeMetadata/v1/instance/service-accounts/default/token?scopes=\(list.formEncoded)",
            headers: [("Metadata-Flavor", "Google")], timeout: .seconds(10))
        return try await readToken(request, at: now)
    }

    /// RFC 6749, section 4.5, and RFC 7523.
    private func token(
        from url: String, form: [(name: String, value: String)], at now: Instant
    ) async throws -> AccessToken {
        let body = form.map { "\($0.name)=\($0.value.formEncoded)" }.joined(separator: "&")
        return try await readToken(
            HTTPRequest(
                method: "POST", url: url, headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(body.utf8), timeout: .seconds(30)), at: now)
    }

    private func readToken(_ request: HTTPRequest, at now: Instant) async throws -> AccessToken {
        let answer = try await checked(request)
        guard let token = answer["access_token"]?.string, let seconds = answer["expires_in"]?.wholeNumber else {
            throw GoogleCloudError(.unexpectedAnswer, "the answer has no access token", request: request.summary)
        }
        let life = Int64(clamping: max(0, min(seconds, 86_400))) * 1_000_000
        return AccessToken(
            value: token, expiration: Instant(microsecondsSince1970: now.microsecondsSince1970 + life))
    }

    /// `generateAccessToken` of the IAM Service Account Credentials API.
    private func token(
        of impersonation: GoogleCredentials.Impersonation, with own: AccessToken, for scopes: [GoogleScope]
    ) async throws -> AccessToken {
        struct Body: Encodable {
            let scope: [String]
            let lifetime = "3600s"
            let delegates: [String]
        }
        let body = Body(scope: scopes.map(\.rawValue), delegates: impersonation.delegates)
        let request = HTTPRequest(
            method: "POST", url: impersonation.url,
            headers: [("Authorization", "Bearer \(own.value)"), ("Content-Type", "application/json")],
            body: Array(try JSONEncoder().encode(body)), timeout: .seconds(30))
        let answer = try await checked(request)
        guard let token = answer["accessToken"]?.string,
            let expiration = answer["expireTime"]?.string.flatMap({ Instant($0) })
        else { throw GoogleCloudError(.unexpectedAnswer, "the answer has no access token", request: request.summary) }
        return AccessToken(value: token, expiration: expiration)
    }

    private func checked(_ request: HTTPRequest) async throws -> JSONNode {
        let response = try await transport.send(request)
        guard response.status < 300 else {
            let error = GoogleCloudError(response, to: request)
            // The account was refused, rather than the request.
            guard (400..<500).contains(response.status), !RetryPolicy.isTransient(response.status) else { throw error }
            throw GoogleCloudError(
                .invalidCredentials, error.message, request: error.request, status: error.status, reason: error.reason)
        }
        guard let answer = try? JSONNode(parsing: response.body) else {
            throw GoogleCloudError(.unexpectedAnswer, "the answer is not JSON", request: request.summary)
        }
        return answer
    }
}

extension String {
    /// The text as a value in a form or a query: all but RFC 3986's unreserved characters percent-encoded.
    var formEncoded: String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}
