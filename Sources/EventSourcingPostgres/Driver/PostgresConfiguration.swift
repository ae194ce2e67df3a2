/// Where a server is, and how connections to it behave.
///
/// ```swift
/// var configuration = PostgresConfiguration(url: "postgresql://app@db.example.com/shop?sslmode=verify-full")
/// configuration.parameters["password"] = token
/// ```
public struct PostgresConfiguration: Sendable {
    /// A URL or a list of `keyword=value` pairs, with all that libpq understands: TLS, several hosts, a service, a folder
    /// of Unix sockets as the host. What it leaves out comes from the environment and from the password file.
    ///
    /// See <https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING>.
    public var url: String
    /// Keywords of libpq that take precedence over the URL, such as `password` for a token that changes.
    public var parameters: [String: String]
    /// Where keywords come from that are not the same for every connection, such as a password that is a token, and how a
    /// connection is prepared that leads through something of our own; nil for none. They take precedence over
    /// ``parameters``.
    ///
    /// A ``PostgresConnection``, whose calls block, does not ask by itself: give it what ``resolved()`` returns.
    public var parameterSource: (any PostgresParameterSource)?
    /// What the database is called in errors, when it is not what libpq connects to; never with a password.
    package var displayedAddress: String?
    /// Whether there is a pooler such as PgBouncer in between that gives every transaction another connection.
    ///
    /// Then nothing is expected to last beyond a transaction: statements are sent whole each time, and migrations, which
    /// hold a lock for longer, are refused.
    public var usesTransactionPooler: Bool
    /// How many prepared statements a connection keeps; the one not used for the longest time makes room. 1 or more.
    public var statementCapacity: Int {
        didSet { statementCapacity = max(1, statementCapacity) }
    }
    /// A statement that each new connection runs first; nil for none. Not through a transaction pooler.
    var sessionStatement: String?
    /// How long a call waits for the answer to one statement; above 0, and nil waits as long as it takes.
    ///
    /// When the time is up the connection is broken, and the call throws a `DatabaseError` with the code
    /// `connectionLost`. It is meant for a server that is reached and does not answer: choose more than the longest
    /// statement takes, the wait for locks included. What `initialize()` does to apply migrations is not limited by it.
    ///
    /// A server that cannot be reached any more is noticed in any case, within a minute: by keepalives of TCP and by
    /// what it does not acknowledge, unless the URL says otherwise (`keepalives_idle`, `tcp_user_timeout`).
    public var responseTimeout: Duration?
    /// Is called with each notice and warning, on the thread that uses the connection; nil leaves them to the logger of a
    /// store or a pool, and a connection alone ignores them.
    public var onNotice: (@Sendable (PostgresNotice) -> Void)?

    /// Creates a configuration.
    public init(
        url: String, parameters: [String: String] = [:], usesTransactionPooler: Bool = false,
        statementCapacity: Int = 128, responseTimeout: Duration? = nil,
        onNotice: (@Sendable (PostgresNotice) -> Void)? = nil
    ) {
        self.url = url
        self.parameters = parameters
        parameterSource = nil
        displayedAddress = nil
        self.usesTransactionPooler = usesTransactionPooler
        self.statementCapacity = max(1, statementCapacity)
        self.responseTimeout = responseTimeout
        self.onNotice = onNotice
    }
}

extension PostgresConfiguration {
    /// Whether the URL can be read, which needs no server.
    ///
    /// - Throws: `DatabaseError` with the code `cannotOpen`, without any part of the URL.
    package func check() throws {
        _ = try ConnectionParameters(self)
    }
}

extension PostgresConfiguration {
    /// The configuration of one connection that is made now: with what the ``parameterSource`` says.
    ///
    /// - Throws: what the source throws.
    public func resolved() async throws -> PostgresConfiguration {
        guard let parameterSource else { return self }
        var configuration = self
        configuration.parameterSource = nil
        configuration.parameters.merge(try await parameterSource.parameters()) { _, new in new }
        return configuration
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomReflectable {
    /// User, host, port and database; never a password.
    public var description: String {
        (try? ConnectionParameters(self))?.address ?? "a URL that cannot be read"
    }

    /// Only what the description says, so that a dump shows no password either.
    public var customMirror: Mirror {
        Mirror(self, children: ["address": description])
    }
}

/// What a server tells beside the answer: a notice, a warning, or the outcome of `RAISE NOTICE`.
public struct PostgresNotice: Hashable, Sendable {
    /// `NOTICE`, `WARNING`, `INFO`, `LOG` or `DEBUG`.
    public let severity: String
    /// The SQLSTATE.
    public let code: String
    /// The message.
    public let message: String
    /// More about it, or nil.
    public let detail: String?
    /// What to do about it, or nil.
    public let hint: String?
}
