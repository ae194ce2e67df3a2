/// Which database of Cloud SQL to use, who signs in, and the way there.
///
/// ```swift
/// import EventSourcingGoogleCloud
///
/// var configuration = try CloudSQLConfiguration(
///     instance: CloudSQLInstanceName("shop:europe-west1:orders"), database: "shop",
///     login: .automaticIAM(user: "shop@shop.iam.gserviceaccount.com"))
/// configuration.route = .connector(.privateAddress)
/// ```
///
/// Its description has no password in it.
public struct CloudSQLConfiguration: Sendable {
    /// How somebody signs in to the database.
    public enum Login: Sendable, Equatable {
        /// A user of the database with a password of any characters; nil leaves it to libpq, which looks into the
        /// environment's `PGPASSWORD` and the password file.
        case password(user: String, String?)
        /// A user who signs in with IAM: a token for the database goes into the request for the certificate.
        ///
        /// The user is an e-mail address; that of a service account may end in `.gserviceaccount.com`, which the database
        /// leaves out. It takes the connector.
        case automaticIAM(user: String)
        /// A user who signs in with IAM: a token is the password, a fresh one for each new connection.
        case tokenIAM(user: String)
    }

    /// Which of its addresses the connector reaches an instance at.
    public enum Address: String, Sendable, Hashable, CaseIterable {
        /// The public address.
        case publicAddress = "public"
        /// The private address, within a network of Google's.
        case privateAddress = "private"
        /// Private Service Connect, through the DNS name that the instance has for it.
        case privateServiceConnect = "psc"
    }

    /// The way to the database.
    public enum Route: Sendable, Equatable {
        /// Our own connector: asks the Admin API, and makes TLS connections with a certificate that lasts an hour.
        case connector(Address)
        /// The Unix sockets that Cloud Run or the Auth Proxy offers, in a folder such as `/cloudsql`.
        case socket(folder: String)
        /// The server itself, as any other PostgreSQL server.
        case direct(host: String, port: Int, TLS)
    }

    /// How a direct connection is protected, in libpq's words, and the file with the authority of the server's
    /// certificate, which `verify-ca` and `verify-full` need.
    ///
    /// The certificates of most instances have no host name in them, so that `verify-ca` is as much as can be asked.
    public struct TLS: Sendable, Equatable {
        /// libpq's `sslmode`.
        public enum Mode: String, Sendable, Hashable, CaseIterable {
            case disable, allow, prefer, require
            case verifyAuthority = "verify-ca"
            case verifyFull = "verify-full"
        }

        /// libpq's `sslmode`.
        public var mode: Mode
        /// libpq's `sslrootcert`; nil leaves it to libpq.
        public var authorityFile: String?

        /// Makes the protection of a direct connection.
        public init(_ mode: Mode, authorityFile: String? = nil) {
            self.mode = mode
            self.authorityFile = authorityFile
        }

        /// TLS as it must be, with the server's certificate checked when there is a file to check it with.
        public static let require = TLS(.require)
    }

    /// When the connector fetches a new certificate.
    public enum Refresh: String, Sendable, Hashable, CaseIterable {
        /// In the background, well before the old one ends.
        case ahead
        /// By a connection that finds the old one about to end: for functions that are given no time between requests.
        case lazy
    }

    /// The instance; nil only for a direct route.
    public var instance: CloudSQLInstanceName?
    /// The database.
    public var database: String
    /// Who signs in, and how.
    public var login: Login
    /// The way to the database.
    public var route: Route
    /// When the connector fetches a new certificate.
    public var refresh = Refresh.ahead
    /// Where the Admin API is; for tests, and for networks where it has another name.
    public var administrationURL = CloudSQLConfiguration.standardAdministrationURL
    /// The port of the proxy before the instance's server, which is the same for every instance; another one is for tests.
    public var proxyPort = 3307
    /// The project that pays for the calls of the Admin API; nil is the instance's own.
    public var quotaProject: String?

    /// Google's Admin API.
    public static let standardAdministrationURL = "https://sqladmin.googleapis.com"

    /// Makes a configuration, which is checked when it is used.
    public init(
        instance: CloudSQLInstanceName?, database: String, login: Login, route: Route = .connector(.publicAddress)
    ) {
        self.instance = instance
        self.database = database
        self.login = login
        self.route = route
    }
}

extension CloudSQLConfiguration: CustomStringConvertible, CustomReflectable {
    /// The address as a URL, without the user and the password.
    public var description: String {
        switch route {
        case .direct(let host, let port, _): "postgresql://\(host):\(port)/\(database)"
        default: "cloudsql://\(instance?.description ?? "")/\(database)"
        }
    }

    /// Only what the description says, so that a dump shows no password either.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}

extension CloudSQLConfiguration.Login: CustomStringConvertible, CustomReflectable {
    /// The user, and how; never a password.
    public var description: String {
        switch self {
        case .password(let user, _): "\(user), with a password"
        case .automaticIAM(let user): "\(user), with IAM"
        case .tokenIAM(let user): "\(user), with a token of IAM"
        }
    }

    /// Only what the description says.
    public var customMirror: Mirror { Mirror(self, children: ["login": description]) }

    /// The user as the database calls it.
    var user: String {
        switch self {
        case .password(let user, _): return user
        case .automaticIAM(let user), .tokenIAM(let user):
            let suffix = ".gserviceaccount.com"
            return user.hasSuffix(suffix) ? String(user.dropLast(suffix.count)) : user
        }
    }
}
