public import EventSourcingPostgres
import NIOCore
import NIOPosix

/// Makes connections to a database of Cloud SQL possible, whichever way leads there.
///
/// ``CloudSQLEventStore`` has one of its own. Whoever needs more than the store, such as a `PostgresMigrator` or a
/// `PostgresPool`, gives it ``postgres``:
///
/// ```swift
/// import EventSourcingGoogleCloud
///
/// let connector = try CloudSQLConnector(configuration)
/// let connection = try await PostgresAsyncConnection.connect(connector.postgres)
/// …
/// await connector.close()
/// ```
///
/// With ``CloudSQLConfiguration/Route/connector(_:)``, connections of libpq go to a socket in a private folder, and from
/// there through TLS to the instance. The server's certificate is checked, its signature and its name, before anything is
/// sent.
public final class CloudSQLConnector: PostgresParameterSource {
    /// What it connects to.
    public let configuration: CloudSQLConfiguration
    private let tokens: any AccessTokenSource
    private let tunnels: TunnelOwner?

    /// Checks a configuration; nothing is asked and nothing is opened yet.
    ///
    /// - Parameter credentials: where tokens come from; nil is what Google's own clients use,
    ///   ``ApplicationDefaultCredentials``.
    /// - Throws: ``CloudSQLError`` that names the setting which is wrong.
    public convenience init(
        _ configuration: CloudSQLConfiguration, credentials: (any AccessTokenSource)? = nil
    ) throws {
        try self.init(
            configuration, credentials: credentials ?? ApplicationDefaultCredentials(), limiter: RefreshLimiter(),
            dialer: TunnelDialer(port: configuration.proxyPort))
    }

    init(
        _ configuration: CloudSQLConfiguration, credentials: any AccessTokenSource, limiter: RefreshLimiter,
        dialer: TunnelDialer
    ) throws {
        try configuration.check()
        self.configuration = configuration
        tokens = credentials
        guard case .connector(let address) = configuration.route, let instance = configuration.instance else {
            tunnels = nil
            return
        }
        let administration = CloudSQLAdministration(
            instance: instance, url: configuration.administrationURL.withoutSlash,
            quotaProject: configuration.quotaProject, transport: RetryingTransport(transport: AsyncHTTPTransport()),
            tokens: credentials)
        let isAutomatic = if case .automaticIAM = configuration.login { true } else { false }
        tunnels = TunnelOwner(
            CertificateCache(
                administration, address: address, login: isAutomatic ? credentials : nil,
                strategy: configuration.refresh, limiter: limiter),
            dialer: dialer)
    }

    /// What connects a store, a pool, a migrator or an asynchronous connection to the database.
    ///
    /// A connection whose calls block is given what `resolved()` of it returns.
    public var postgres: PostgresConfiguration {
        var parameters = ["dbname": configuration.database, "user": configuration.login.user]
        switch configuration.route {
        case .connector:
            // TLS is made by the tunnel. What it asks may take longer than a server next door.
            parameters["sslmode"] = "disable"
            parameters["gssencmode"] = "disable"
            parameters["connect_timeout"] = "30"
        case .socket(let folder):
            parameters["host"] = "\(folder)/\(configuration.instance?.description ?? "")"
            parameters["port"] = String(SocketPath.port)
        case .direct(let host, let port, let tls):
            parameters["host"] = host
            parameters["port"] = String(port)
            parameters["sslmode"] = tls.mode.rawValue
            parameters["gssencmode"] = "disable"
            if let file = tls.authorityFile { parameters["sslrootcert"] = file }
        }
        if case .password(_, let password?) = configuration.login { parameters["password"] = password }
        var postgres = PostgresConfiguration(url: "", parameters: parameters)
        postgres.parameterSource = self
        postgres.displayedAddress = configuration.description
        return postgres
    }

    /// The tunnel's socket, when there is one, and a token as the password, when that is how the user signs in.
    ///
    /// - Throws: `DatabaseError` with the code `cannotOpen`, of which ``CloudSQLError/init(_:)`` knows the reason.
    public func parameters() async throws -> [String: String] {
        do {
            var parameters: [String: String] = [:]
            if let tunnels {
                parameters["host"] = try await tunnels.folder()
                parameters["port"] = String(SocketPath.port)
            }
            if case .tokenIAM = configuration.login {
                parameters["password"] = try await LoginToken.fetch(from: tokens)?.value
            }
            return parameters
        } catch let error as CloudSQLError {
            throw error.databaseError(configuration.description)
        }
    }

    /// Closes the tunnel with its connections, and forgets the certificate.
    public func close() async {
        await tunnels?.close()
    }

    /// How many connections go through the tunnel.
    var connectionCount: Int {
        get async { await tunnels?.connectionCount ?? 0 }
    }
}

/// Opens the tunnel when it is first needed.
private actor TunnelOwner {
    private let certificates: CertificateCache
    private let dialer: TunnelDialer
    private var opening: Task<Tunnel, any Error>?
    private var isClosed = false

    init(_ certificates: CertificateCache, dialer: TunnelDialer) {
        self.certificates = certificates
        self.dialer = dialer
    }

    var connectionCount: Int {
        get async { (try? await opening?.value)?.connectionCount ?? 0 }
    }

    /// The folder of the socket, and why there is no sense in connecting to it as long as that is so.
    func folder() async throws -> String {
        guard !isClosed else { throw CloudSQLError.closed }
        // What is wrong with the instance is told at once, and not by a connection that fails.
        try await certificates.prepare()
        // Whoever closed it meanwhile does not wait for what would be opened now.
        guard !isClosed else { throw CloudSQLError.closed }
        let opening = opening ?? Task { [certificates, dialer] in try await Tunnel(certificates, dialer: dialer) }
        self.opening = opening
        do {
            let tunnel = try await opening.value
            if isClosed { throw CloudSQLError.closed }
            return tunnel.folder.path
        } catch {
            if self.opening == opening { self.opening = nil }
            throw error
        }
    }

    func close() async {
        isClosed = true
        let opening = opening
        self.opening = nil
        await certificates.close()
        await (try? opening?.value)?.close()
    }
}

extension String {
    /// Without a slash at the end.
    fileprivate var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
