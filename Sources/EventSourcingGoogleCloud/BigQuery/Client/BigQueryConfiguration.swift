import Foundation

/// Where BigQuery is, and what requests to it are allowed with.
///
/// With ``init(environment:credentials:)`` and the environment variable `BIGQUERY_EMULATOR_HOST` (`http://host:port`, or
/// `host:port`) requests go to an emulator, without credentials.
public struct BigQueryConfiguration: Sendable {
    /// The beginning of every URL, without a slash at the end: `https://bigquery.googleapis.com`.
    public var endpoint: String
    /// Where tokens come from; nil sends none.
    public var credentials: (any AccessTokenSource)?
    /// The location of datasets and jobs, such as `EU` or `europe-west3`; nil takes that of the dataset.
    public var location: String?
    /// Labels of every job, by which costs can be told apart.
    public var labels: [String: String]
    /// A query that would bill more bytes fails without costs; nil for no limit.
    public var maximumBytesBilled: Int?

    /// Creates a configuration.
    public init(
        endpoint: String = "https://bigquery.googleapis.com", credentials: (any AccessTokenSource)?,
        location: String? = nil, labels: [String: String] = [:], maximumBytesBilled: Int? = nil
    ) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.location = location
        self.labels = labels
        self.maximumBytesBilled = maximumBytesBilled
    }

    /// Creates a configuration from the environment.
    ///
    /// - Parameters:
    ///   - environment: The environment variables; nil for those of the process.
    ///   - credentials: Where tokens come from; nil for ``ApplicationDefaultCredentials``. An emulator is sent none.
    public init(environment: [String: String]? = nil, credentials: (any AccessTokenSource)? = nil) {
        let variables = environment ?? ProcessInfo.processInfo.environment
        if let host = variables["BIGQUERY_EMULATOR_HOST"], !host.isEmpty {
            let url = host.contains("://") ? host : "http://\(host)"
            self.init(endpoint: url.hasSuffix("/") ? String(url.dropLast()) : url, credentials: nil)
        } else {
            self.init(credentials: credentials ?? ApplicationDefaultCredentials(environment: environment))
        }
    }
}
