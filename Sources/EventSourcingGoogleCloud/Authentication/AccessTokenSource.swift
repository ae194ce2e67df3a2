/// Where the tokens for Google's services come from.
///
/// ``ApplicationDefaultCredentials`` is what Google's own clients do. A source of your own is a type with one function:
///
/// ```swift
/// import EventSourcingGoogleCloud
///
/// struct FixedToken: AccessTokenSource {
///     let token: AccessToken
///
///     func accessToken(for scopes: [GoogleScope]) async throws -> AccessToken { token }
/// }
/// ```
public protocol AccessTokenSource: Sendable {
    /// A token that is valid for at least the next minutes.
    ///
    /// It is called before each request, so that a source should keep its tokens while they are valid.
    func accessToken(for scopes: [GoogleScope]) async throws -> AccessToken
}

/// What a token allows, in the words of Google's OAuth 2.0 scopes.
public struct GoogleScope: RawRepresentable, Sendable, Hashable {
    /// The scope's URL.
    public let rawValue: String

    /// Makes a scope of its URL, `https://www.googleapis.com/auth/…`.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reading and writing tables of BigQuery, and running jobs.
    public static let bigQuery = GoogleScope(rawValue: "https://www.googleapis.com/auth/bigquery")
    /// Asking the Admin API of Cloud SQL where an instance is, and for certificates.
    public static let cloudSQLAdministration = GoogleScope(
        rawValue: "https://www.googleapis.com/auth/sqlservice.admin")
    /// Signing in to a database with IAM.
    public static let cloudSQLLogin = GoogleScope(rawValue: "https://www.googleapis.com/auth/sqlservice.login")
    /// All of Google Cloud, as far as the account may.
    public static let cloudPlatform = GoogleScope(rawValue: "https://www.googleapis.com/auth/cloud-platform")
}
