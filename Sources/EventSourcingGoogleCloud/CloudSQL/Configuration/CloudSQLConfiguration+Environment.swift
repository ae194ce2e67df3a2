extension CloudSQLConfiguration {
    /// Reads the settings from an environment, as services on Cloud Run have them.
    ///
    /// | variable | value |
    /// |---|---|
    /// | `GCP_SQL_DB`, `GCP_SQL_USER` | the database and the user; needed |
    /// | `GCP_SQL_PASSWORD` | the password, of any characters |
    /// | `GCP_SQL_LOGIN` | `password` (the default), `iam` or `iam-token` |
    /// | `INSTANCE_CONNECTION_NAME` | the instance; reached through a socket in `CLOUD_SQL_SOCKET_DIR` (`/cloudsql`) |
    /// | `GCP_SQL_ROUTE` | `connector` reaches the instance with our own connector, `socket` is the default |
    /// | `GCP_SQL_ADDRESS`, `GCP_SQL_REFRESH` | of the connector: `public`, `private`, `psc`; `ahead`, `lazy` |
    /// | `CLOUD_SQL_ADMIN_URL` | of the connector: another Admin API |
    /// | `GCP_SQL_HOST`, `GCP_SQL_PORT` | instead of an instance: the server's address, and its port (5432) |
    /// | `GCP_SQL_SSLMODE`, `GCP_SQL_SSLROOTCERT` | for that address: libpq's `sslmode` (`require`) and `sslrootcert` |
    ///
    /// `GCP_SQL_HOST` may also be the folder of the instance's socket, `/cloudsql/project:region:instance`. A variable that
    /// is empty counts as one that is not there.
    ///
    /// - Throws: ``CloudSQLError`` that names the variable which is wrong, without its value.
    public init(environment: [String: String]) throws {
        let variables = Variables(environment)
        let names = Names(
            instance: "INSTANCE_CONNECTION_NAME", database: "GCP_SQL_DB", user: "GCP_SQL_USER",
            password: "GCP_SQL_PASSWORD", route: "GCP_SQL_ROUTE", login: "GCP_SQL_LOGIN", host: "GCP_SQL_HOST",
            port: "GCP_SQL_PORT", mode: "GCP_SQL_SSLMODE", folder: "CLOUD_SQL_SOCKET_DIR",
            administrationURL: Self.administrationVariable)
        let kind = try variables.choice(names.login, LoginKind.password)
        if kind != .password { try variables.exclude([names.password], by: "\(names.login)=\(kind.rawValue)") }
        let login = kind.login(variables[names.user] ?? "", variables[names.password])
        let database = variables[names.database] ?? ""

        if let host = variables[names.host], !host.hasPrefix("/") {
            try variables.exclude(
                [names.instance, names.route, names.folder, "GCP_SQL_ADDRESS", "GCP_SQL_REFRESH"], by: names.host)
            let tls = TLS(
                try variables.choice(names.mode, TLS.Mode.require), authorityFile: variables["GCP_SQL_SSLROOTCERT"])
            self.init(
                instance: nil, database: database, login: login,
                route: .direct(host: host, port: try variables.port(names.port), tls))
        } else {
            try variables.excludeVerification(names.mode)
            let instance = try Self.instance(variables, names)
            var route = Route.socket(folder: instance.folder)
            if try variables.choice(names.route, RouteKind.socket) == .connector {
                try variables.exclude([names.host, names.folder], by: "\(names.route)=connector")
                route = .connector(try variables.choice("GCP_SQL_ADDRESS", Address.publicAddress))
            } else {
                try variables.exclude(["GCP_SQL_ADDRESS", "GCP_SQL_REFRESH"], by: "\(names.route)=socket")
            }
            self.init(instance: instance.name, database: database, login: login, route: route)
        }
        refresh = try variables.choice("GCP_SQL_REFRESH", Refresh.ahead)
        if let url = variables[Self.administrationVariable] { administrationURL = url }
        try check(names)
    }

    /// The instance and the folder of its socket, from two variables that must not say different things.
    private static func instance(
        _ variables: Variables, _ names: Names
    ) throws -> (name: CloudSQLInstanceName?, folder: String) {
        let named = try variables[names.instance].map { try CloudSQLInstanceName($0, setting: names.instance) }
        guard let path = variables[names.host] else { return (named, variables[names.folder] ?? socketFolder) }
        try variables.exclude([names.folder], by: names.host)
        let parts = path.split(separator: "/")
        guard let last = parts.last, let instance = try? CloudSQLInstanceName(String(last)) else {
            throw CloudSQLError(
                .invalidSetting, "\(names.host) is a path and must end in /project:region:instance",
                setting: names.host)
        }
        if let named, named != instance { throw contradiction(names.instance, names.host) }
        return (instance, "/" + parts.dropLast().joined(separator: "/"))
    }
}

/// The variables of an environment that have a value.
private struct Variables {
    private let values: [String: String]

    init(_ environment: [String: String]) {
        values = environment.filter { !$0.value.isEmpty }
    }

    subscript(name: String) -> String? { values[name] }

    func choice<Value: RawRepresentable<String> & CaseIterable>(_ name: String, _ standard: Value) throws -> Value {
        guard let text = values[name] else { return standard }
        if let value = Value(rawValue: text) { return value }
        throw CloudSQLError(
            .invalidSetting, "\(name) must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))",
            setting: name)
    }

    func port(_ name: String) throws -> Int {
        guard let text = values[name] else { return 5432 }
        if let port = Int(text), 1...65_535 ~= port { return port }
        throw CloudSQLError(.invalidSetting, "\(name) must be a number between 1 and 65535", setting: name)
    }

    func exclude(_ names: [String], by other: String) throws {
        guard let name = names.first(where: { values[$0] != nil }) else { return }
        throw CloudSQLConfiguration.contradiction(name, other)
    }

    /// On a socket libpq does not heed the mode, so that somebody who wants a certificate checked would be deceived.
    func excludeVerification(_ name: String) throws {
        let mode = try choice(name, CloudSQLConfiguration.TLS.Mode.require)
        guard mode == .verifyAuthority || mode == .verifyFull else { return }
        throw CloudSQLError(
            .contradictorySettings,
            "\(name)=\(mode.rawValue) is for GCP_SQL_HOST alone: a socket has no certificate, and the connector always "
                + "checks the server's", setting: name)
    }
}
