/// Says, for each new connection, what libpq needs to know beyond a ``PostgresConfiguration``.
///
/// ```swift
/// import EventSourcingPostgres
///
/// struct TokenAsPassword: PostgresParameterSource {
///     let newToken: @Sendable () async throws -> String
///
///     func parameters() async throws -> [String: String] {
///         ["password": try await newToken()]
///     }
/// }
/// ```
public protocol PostgresParameterSource: Sendable {
    /// Keywords of libpq and their values, for one connection that is made at once.
    ///
    /// - Throws: why no connection can be made. A store treats a `DatabaseError` with the code `cannotOpen` as it does a
    ///   server that is not there, and tries again where it would then.
    func parameters() async throws -> [String: String]
}
