import EventSourcing
import Foundation

/// The credentials that Google's own clients use, found where they look.
///
/// 1. The file that the environment variable `GOOGLE_APPLICATION_CREDENTIALS` names: the key of a service account, or what
///    `gcloud` writes.
/// 2. `application_default_credentials.json` in gcloud's folder (`CLOUDSDK_CONFIG`, or else `~/.config/gcloud`), which
///    `gcloud auth application-default login` writes.
/// 3. The metadata server of the machine (`GCE_METADATA_HOST`, or else `metadata.google.internal`), on Compute Engine,
///    Cloud Run, Kubernetes Engine and the like.
///
/// A token is kept for as long as it is valid, for each set of scopes, and another one is fetched some minutes before. As
/// long as the present one is valid, a failure to fetch is not an error. Tasks that ask at the same moment share a request.
///
/// See <https://cloud.google.com/docs/authentication/application-default-credentials>.
public final class ApplicationDefaultCredentials: AccessTokenSource {
    /// A token with less time left is replaced: as in Google's clients, 3 minutes and 45 seconds.
    static let margin: Int64 = 225 * 1_000_000

    private let environment: [String: String]
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Instant
    private let tokens = TokenCache()

    /// Looks for credentials when the first token is asked for, not before.
    ///
    /// - Parameter environment: The environment variables; nil for those of the process.
    public convenience init(environment: [String: String]? = nil) {
        self.init(
            environment: environment ?? ProcessInfo.processInfo.environment,
            transport: RetryingTransport(transport: AsyncHTTPTransport()))
    }

    init(
        environment: [String: String], transport: any HTTPTransport,
        now: @escaping @Sendable () -> Instant = Instant.now
    ) {
        self.environment = environment
        self.transport = transport
        self.now = now
    }

    /// A token that is valid for at least the next minutes.
    ///
    /// - Throws: ``GoogleCloudError``: ``GoogleCloudError/Code/noCredentials`` tells where they were looked for,
    ///   ``GoogleCloudError/Code/invalidCredentials`` what is wrong with them.
    public func accessToken(for scopes: [GoogleScope]) async throws -> AccessToken {
        let start = now()
        return try await tokens.token(for: Set(scopes), at: start, margin: Self.margin) { [self] in
            try await fetch(scopes, at: start)
        }
    }

    private func fetch(_ scopes: [GoogleScope], at now: Instant) async throws -> AccessToken {
        let exchange = TokenExchange(transport: transport, metadataHost: metadataHost)
        if let path = environment["GOOGLE_APPLICATION_CREDENTIALS"], !path.isEmpty {
            let name = "the file \(path) of GOOGLE_APPLICATION_CREDENTIALS"
            guard let text = FileManager.default.contents(atPath: path) else {
                throw GoogleCloudError(.invalidCredentials, "\(name) cannot be read")
            }
            let credentials = try GoogleCredentials(parsing: Array(text), name: name)
            return try await exchange.token(of: credentials, for: scopes, at: now)
        }
        let path = gcloudFile
        if let path, let text = FileManager.default.contents(atPath: path) {
            let credentials = try GoogleCredentials(parsing: Array(text), name: "the file \(path)")
            return try await exchange.token(of: credentials, for: scopes, at: now)
        }
        do {
            return try await exchange.metadataToken(for: scopes, at: now)
        } catch let error as GoogleCloudError where error.code == .unreachable || error.code == .timedOut {
            throw GoogleCloudError(
                .noCredentials,
                "there are no credentials for Google Cloud: GOOGLE_APPLICATION_CREDENTIALS is not set, "
                    + (path.map { "there is no file \($0)" } ?? "there is no home folder")
                    + ", and the metadata server \(metadataHost) does not answer; run 'gcloud auth application-default "
                    + "login', or set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account's key")
        }
    }

    private var metadataHost: String {
        environment["GCE_METADATA_HOST"].flatMap { $0.isEmpty ? nil : $0 } ?? "metadata.google.internal"
    }

    private var gcloudFile: String? {
        let folder =
            environment["CLOUDSDK_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
            ?? environment["HOME"].map { "\($0)/.config/gcloud" }
        return folder.map { "\($0)/application_default_credentials.json" }
    }
}
