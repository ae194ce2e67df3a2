import Foundation

extension CloudSQLConfiguration {
    /// Reads `cloudsql://project:region:instance/database?user=…`.
    ///
    /// What may follow, each once, with everything but letters, digits and `-._~` percent-encoded:
    ///
    /// | key | value |
    /// |---|---|
    /// | `user` | the user; needed |
    /// | `password` | the password; not with IAM |
    /// | `login` | `password` (the default), `iam` or `iam-token` |
    /// | `route` | `connector` (the default) or `socket` |
    /// | `address` | of the connector: `public` (the default), `private` or `psc` |
    /// | `refresh` | of the connector: `ahead` (the default) or `lazy` |
    /// | `folder` | of the socket: `/cloudsql` by default |
    /// | `admin` | of the connector: the URL of the Admin API |
    /// | `proxy-port` | of the connector: the port of the instance's proxy, 3307 |
    /// | `quota-project` | of the connector: the project that pays for calls of the Admin API |
    ///
    /// - Parameter environment: `CLOUD_SQL_ADMIN_URL` and `GCP_SQL_PASSWORD` take the place of `admin` and `password`, when
    ///   the URL does not have them.
    /// - Throws: ``CloudSQLError`` that names what is wrong, without repeating it.
    public init(url: String, environment: [String: String] = [:]) throws {
        let parts = try URLParts(url)
        var query = parts.query
        func take<Value: RawRepresentable<String> & CaseIterable>(_ key: String, _ standard: Value) throws -> Value {
            guard let text = query.removeValue(forKey: key) else { return standard }
            if let value = Value(rawValue: text) { return value }
            throw CloudSQLError(
                .invalidSetting,
                "\(key) must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))", setting: key)
        }
        let instance = try CloudSQLInstanceName(parts.authority, setting: "the part between cloudsql:// and the next /")
        guard let user = query.removeValue(forKey: "user"), !user.isEmpty else {
            throw CloudSQLError(.missingSetting, "user is missing: …/database?user=NAME", setting: "user")
        }
        let kind = try take("login", LoginKind.password)
        let password = query.removeValue(forKey: "password")
        if kind != .password, password != nil { throw Self.contradiction("password", "login=\(kind.rawValue)") }

        let routeKind = try take("route", RouteKind.connector)
        let foreign =
            routeKind == .connector ? ["folder"] : ["address", "refresh", "admin", "proxy-port", "quota-project"]
        if let key = foreign.first(where: { query[$0] != nil }) {
            throw Self.contradiction(key, "route=\(routeKind.rawValue)")
        }
        let route: Route =
            switch routeKind {
            case .connector: .connector(try take("address", Address.publicAddress))
            case .socket: .socket(folder: query.removeValue(forKey: "folder") ?? CloudSQLConfiguration.socketFolder)
            }
        self.init(
            instance: instance, database: parts.path,
            login: kind.login(user, password ?? environment["GCP_SQL_PASSWORD"]), route: route)
        refresh = try take("refresh", Refresh.ahead)
        if let url = query.removeValue(forKey: "admin") ?? environment[Self.administrationVariable] {
            administrationURL = url
        }
        if let text = query.removeValue(forKey: "proxy-port") { proxyPort = Int(text) ?? 0 }
        quotaProject = query.removeValue(forKey: "quota-project")
        if let key = query.keys.sorted().first {
            let isHarmless =
                key.utf8.count <= 30 && key.utf8.allSatisfy { $0 < 0x80 && Character(Unicode.Scalar($0)).isLetter }
            throw CloudSQLError(
                .invalidSetting, "the URL has a key that is not known\(isHarmless ? ": \(key)" : "")", setting: key)
        }
        var names = Names()
        names.folder = "folder"
        names.administrationURL = "admin"
        names.proxyPort = "proxy-port"
        try check(names)
    }

    /// Where Cloud Run has its sockets, and the Auth Proxy too by custom.
    public static let socketFolder = "/cloudsql"
    /// The environment's variable for another Admin API.
    static let administrationVariable = "CLOUD_SQL_ADMIN_URL"

    enum LoginKind: String, CaseIterable {
        case password
        case automatic = "iam"
        case token = "iam-token"

        func login(_ user: String, _ password: String?) -> Login {
            switch self {
            case .password: .password(user: user, password)
            case .automatic: .automaticIAM(user: user)
            case .token: .tokenIAM(user: user)
            }
        }
    }

    enum RouteKind: String, CaseIterable {
        case connector, socket
    }

    static func contradiction(_ one: String, _ other: String) -> CloudSQLError {
        CloudSQLError(.contradictorySettings, "\(one) and \(other) exclude each other", setting: one)
    }
}

/// A URL taken apart, as strictly as a place where a password may be needs it.
private struct URLParts {
    let authority: String
    let path: String
    let query: [String: String]

    init(_ url: String) throws {
        let scheme = "cloudsql://"
        guard url.hasPrefix(scheme) else {
            throw CloudSQLError(
                .invalidSetting, "the URL must have the form cloudsql://project:region:instance/database?user=…",
                setting: "url")
        }
        let rest = url.dropFirst(scheme.count)
        guard !rest.contains("#") else {
            throw CloudSQLError(.invalidSetting, "a # in the URL needs to be written as %23", setting: "url")
        }
        let halves = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let names = halves[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard !names[0].contains("@") else {
            throw CloudSQLError(
                .invalidSetting, "the user does not stand before the instance, but in the query: ?user=…",
                setting: "user")
        }
        authority = try Self.decoded(names[0], "the part between cloudsql:// and the next /")
        path = try names.count > 1 ? Self.decoded(names[1], "database") : ""
        var query: [String: String] = [:]
        for pair in halves.count > 1 ? halves[1].split(separator: "&") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(sides[0])
            guard sides.count == 2 else {
                throw CloudSQLError(
                    .invalidSetting, "a part of the query has no =; an & in a value needs to be written as %26",
                    setting: "url")
            }
            guard query.updateValue(try Self.decoded(sides[1], key), forKey: key) == nil else {
                throw CloudSQLError(.contradictorySettings, "\(key) is given twice", setting: key)
            }
        }
        self.query = query
    }

    /// A plus stays a plus: passwords have them.
    private static func decoded(_ text: Substring, _ name: String) throws -> String {
        guard let decoded = text.removingPercentEncoding else {
            throw CloudSQLError(
                .invalidSetting, "\(name) has a % that is not followed by two hexadecimal digits; write it as %25",
                setting: name)
        }
        return decoded
    }
}
