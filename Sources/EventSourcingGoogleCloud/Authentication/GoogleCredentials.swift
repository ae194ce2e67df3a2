import JSONText

/// A file of credentials, as `gcloud` and the console write them.
///
/// See <https://cloud.google.com/docs/authentication/application-default-credentials>.
enum GoogleCredentials: Sendable {
    case serviceAccount(ServiceAccountKey)
    case authorizedUser(AuthorizedUser)
    indirect case impersonated(Impersonation)

    /// The key of a service account.
    struct ServiceAccountKey: Sendable {
        let email: String
        let keyID: String?
        /// In PEM.
        let privateKey: String
        let tokenURL: String
    }

    /// Somebody who has run `gcloud auth application-default login`.
    struct AuthorizedUser: Sendable {
        let clientID: String
        let clientSecret: String
        let refreshToken: String
        let tokenURL: String
    }

    /// Credentials that act as a service account.
    struct Impersonation: Sendable {
        /// Where its tokens come from.
        let url: String
        let delegates: [String]
        let source: GoogleCredentials
    }

    static let defaultTokenURL = "https://oauth2.googleapis.com/token"

    /// Reads a file's text.
    ///
    /// - Parameter name: The file, for errors.
    /// - Throws: ``GoogleCloudError`` with the code ``GoogleCloudError/Code/invalidCredentials``, which names the file and the
    ///   member, and has no value of it.
    init(parsing text: [UInt8], name: String) throws {
        let root: JSONNode
        do {
            root = try JSONNode(parsing: text)
        } catch {
            throw GoogleCloudError(.invalidCredentials, "\(name) is not JSON: \(error)")
        }
        try self.init(root, name: name)
    }

    private init(_ root: JSONNode, name: String) throws {
        func member(_ key: String) throws -> String {
            guard let text = root[key]?.string, !text.isEmpty else {
                throw GoogleCloudError(.invalidCredentials, "\(name) has no text \"\(key)\"")
            }
            return text
        }
        func address(_ url: String) throws -> String {
            guard Self.isTrustworthy(url) else {
                throw GoogleCloudError(
                    .invalidCredentials, "\(name) wants to send credentials to a URL that does not begin with https://")
            }
            return url
        }
        switch try member("type") {
        case "service_account":
            self = .serviceAccount(
                ServiceAccountKey(
                    email: try member("client_email"), keyID: root["private_key_id"]?.string,
                    privateKey: try member("private_key"),
                    tokenURL: try address(root["token_uri"]?.string ?? Self.defaultTokenURL)))
        case "authorized_user":
            self = .authorizedUser(
                AuthorizedUser(
                    clientID: try member("client_id"), clientSecret: try member("client_secret"),
                    refreshToken: try member("refresh_token"),
                    tokenURL: try address(root["token_uri"]?.string ?? Self.defaultTokenURL)))
        case "impersonated_service_account":
            guard let source = root["source_credentials"] else {
                throw GoogleCloudError(.invalidCredentials, "\(name) has no \"source_credentials\"")
            }
            self = .impersonated(
                Impersonation(
                    url: try address(try member("service_account_impersonation_url")),
                    delegates: root["delegates"]?.items?.compactMap(\.string) ?? [],
                    source: try GoogleCredentials(source, name: name)))
        case let type:
            throw GoogleCloudError(
                .invalidCredentials,
                "\(name) has credentials of the type \"\(type)\"; those of service_account, authorized_user and "
                    + "impersonated_service_account are understood, and any other can be an AccessTokenSource of your own"
            )
        }
    }

    /// Whether secrets may be sent to a URL: over TLS, or to a test on this machine.
    private static func isTrustworthy(_ url: String) -> Bool {
        let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        return url.hasPrefix("https://")
            || loopback.contains { url.hasPrefix($0 + ":") || url.hasPrefix($0 + "/") }
    }
}
