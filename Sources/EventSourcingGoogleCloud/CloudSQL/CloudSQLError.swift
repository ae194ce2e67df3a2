public import EventSourcingPostgres

/// Why a database in Cloud SQL cannot be reached, or why it is not tried.
///
/// No token, key or password is part of it.
public struct CloudSQLError: Error, Hashable, Sendable {
    /// What stands in the way.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// A setting has a value that it cannot have.
        case invalidSetting
        /// A setting is needed and was not given.
        case missingSetting
        /// Two settings exclude each other.
        case contradictorySettings
        /// The path of a socket is longer than the system allows.
        case pathTooLong
        /// The private folder or the socket in it could not be made.
        case cannotListen
        /// The Admin API does not know the instance.
        case unknownInstance
        /// The Admin API does not let this account ask, or there is no account.
        case notPermitted
        /// The Admin API did not answer, or not with what was asked for.
        case administrationUnavailable
        /// The instance is in another region than its connection name says.
        case wrongRegion
        /// The instance is of a kind that cannot be connected to in this way.
        case wrongInstanceType
        /// The instance is no PostgreSQL server.
        case wrongEngine
        /// The instance has no address of the kind that is asked for.
        case noAddress
        /// Nothing answers at the instance's address.
        case unreachable
        /// The server's certificate is not from the authority that the Admin API names.
        case wrongServerAuthority
        /// The server's certificate is that of another instance.
        case wrongServerName
        /// The server refused our certificate.
        case certificateRefused
        /// Certificates were asked for too often; the next one has to wait.
        case tooManyRefreshes
        /// No token for the database could be had.
        case noToken
        /// `close()` has been called.
        case closed
    }

    /// What stands in the way.
    public let code: Code
    /// What is wrong and what to do, in words.
    public let message: String
    /// The setting that is wrong, by the name that it has where it was given; nil when none is.
    public let setting: String?

    init(_ code: Code, _ message: String, setting: String? = nil) {
        self.code = code
        self.message = message
        self.setting = setting
    }

    static let closed = CloudSQLError(.closed, "the connector has been closed; create a new one")
}

extension CloudSQLError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String { message }
}

// A connector says why it let a connection fail as a server does, in an error of the protocol, so that it gets through
// libpq into the error of whoever wanted the connection, with the code in brackets.
extension CloudSQLError {
    private static let mark = "Cloud SQL, "

    /// The message as it goes through libpq, on one line.
    var wireText: String {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        return "\(Self.mark)\(code.rawValue): \(line)"
    }

    /// The reason of the connector in the error of a connection that it let fail; nil when it was not the connector.
    ///
    /// ```swift
    /// do {
    ///     try await store.initialize()
    /// } catch let error as DatabaseError {
    ///     if CloudSQLError(error)?.code == .wrongServerName { … }
    /// }
    /// ```
    public init?(_ error: DatabaseError) {
        guard error.code == .cannotOpen, let mark = error.message.firstRange(of: Self.mark) else { return nil }
        let parts = error.message[mark.upperBound...].split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let code = Code(rawValue: String(parts[0])) else { return nil }
        self.init(code, parts[1].drop { $0 == " " }.description)
    }

    /// As the error of a connection, which is what callers of a store expect.
    func databaseError(_ address: String) -> DatabaseError {
        DatabaseError(code: .cannotOpen, engineCode: "08001", message: wireText, database: address)
    }
}
