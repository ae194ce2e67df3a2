import EventSourcing
import JSONText
import X509

/// Asks the Admin API of Cloud SQL for what a connection needs.
///
/// See <https://cloud.google.com/sql/docs/postgres/admin-api/rest>.
struct CloudSQLAdministration: Sendable {
    let instance: CloudSQLInstanceName
    /// The URL of the API, without a path.
    let url: String
    let quotaProject: String?
    /// Repeats a request when the API failed.
    let transport: any HTTPTransport
    let tokens: any AccessTokenSource

    /// Where the instance is, and what its server must show.
    func settings() async throws -> ConnectSettings {
        try ConnectSettings(try await ask("GET", "/connectSettings", body: nil))
    }

    /// A certificate for a public key, that lasts an hour or less, in PEM.
    ///
    /// - Parameter loginToken: who signs in to the database, when that is to be said by the certificate.
    func certificate(for publicKey: String, loginToken: AccessToken?) async throws -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("public_key", publicKey)
            object.member("access_token", loginToken?.value)
        }
        let body = try await ask("POST", ":generateEphemeralCert", body: writer.bytes)
        guard let root = try? JSONNode(parsing: body), let text = root["ephemeralCert"]?["cert"]?.string else {
            throw CloudSQLError(
                .administrationUnavailable,
                "the Admin API's answer to generateEphemeralCert does not have what it should")
        }
        return text
    }

    private func ask(_ method: String, _ call: String, body: [UInt8]?) async throws -> [UInt8] {
        let request = try await request(method, call, body: body)
        do {
            let response = try await transport.send(request)
            guard response.status == 200 else { throw GoogleCloudError(response, to: request) }
            return response.body
        } catch let error as GoogleCloudError {
            throw self.error(error)
        }
    }

    private func request(_ method: String, _ call: String, body: [UInt8]?) async throws -> HTTPRequest {
        let token: AccessToken
        do {
            token = try await tokens.accessToken(for: [.cloudSQLAdministration])
        } catch let error where !(error is CancellationError) {
            throw CloudSQLError(.notPermitted, "there is no token for the Admin API: \(error)")
        }
        let path = "/sql/v1beta4/projects/\(instance.project)/instances/\(instance.instance)\(call)"
        var request = HTTPRequest(method: method, url: url + path, body: body)
        request.timeout = .seconds(30)
        request.headers = [("Authorization", "Bearer \(token.value)")]
        if let quotaProject { request.headers.append(("x-goog-user-project", quotaProject)) }
        if body != nil { request.headers.append(("Content-Type", "application/json")) }
        return request
    }

    private func error(_ error: GoogleCloudError) -> CloudSQLError {
        switch error.status {
        case 404:
            CloudSQLError(.unknownInstance, "\(error); check the connection name \(instance)")
        case 401, 403:
            CloudSQLError(
                .notPermitted,
                "\(error); the account needs the role cloudsql.client, and the project the Cloud SQL Admin API")
        default: CloudSQLError(.administrationUnavailable, "the Admin API failed: \(error)")
        }
    }
}
