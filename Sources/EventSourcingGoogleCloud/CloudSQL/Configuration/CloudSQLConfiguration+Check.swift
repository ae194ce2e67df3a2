extension CloudSQLConfiguration {
    /// What the settings are called where they were given, for errors.
    struct Names: Sendable {
        var instance = "instance"
        var database = "database"
        var user = "user"
        var password = "password"
        var route = "route"
        var login = "login"
        var host = "host"
        var port = "port"
        var mode = "sslmode"
        var folder = "socket folder"
        var administrationURL = "administrationURL"
        var proxyPort = "proxyPort"
    }

    /// Finds what is wrong with the settings, without connecting to anything.
    ///
    /// - Throws: ``CloudSQLError`` that names the setting; never with a password in it.
    public func check() throws {
        try check(Names())
    }

    func check(_ names: Names) throws {
        try Self.checkText(database, names.database)
        try Self.checkText(login.user, names.user)
        if case .password(_, let password?) = login, password.utf8.contains(0) {
            throw CloudSQLError(.invalidSetting, "\(names.password) has a NUL in it", setting: names.password)
        }
        switch route {
        case .connector:
            try checkInstance(names)
            try Self.checkAdministrationURL(administrationURL, names.administrationURL)
            try Self.checkPort(proxyPort, names.proxyPort)
        case .socket(let folder):
            try checkInstance(names)
            guard folder.hasPrefix("/"), !folder.utf8.contains(0) else {
                throw CloudSQLError(
                    .invalidSetting, "\(names.folder) must be an absolute path", setting: names.folder)
            }
            if let instance { try SocketPath.check(folder: "\(folder)/\(instance)") }
            if case .automaticIAM = login { throw automaticNeedsConnector(names) }
        case .direct(let host, let port, let tls):
            try checkDirect(host, port, tls, names)
        }
    }

    private func checkInstance(_ names: Names) throws {
        guard instance == nil else { return }
        throw CloudSQLError(
            .missingSetting, "\(names.instance) is missing: which instance, as project:region:instance",
            setting: names.instance)
    }

    private func checkDirect(_ host: String, _ port: Int, _ tls: TLS, _ names: Names) throws {
        try Self.checkText(host, names.host)
        if host.hasPrefix("/") {
            throw CloudSQLError(
                .contradictorySettings, "\(names.host) is the path of a socket, which is no direct address",
                setting: names.host)
        }
        try Self.checkPort(port, names.port)
        switch login {
        case .password: break
        case .automaticIAM: throw automaticNeedsConnector(names)
        case .tokenIAM where [.disable, .allow, .prefer].contains(tls.mode):
            throw CloudSQLError(
                .contradictorySettings,
                "\(names.mode) is \(tls.mode.rawValue), which may send a token in the clear: use require or stricter",
                setting: names.mode)
        case .tokenIAM: break
        }
    }

    private func automaticNeedsConnector(_ names: Names) -> CloudSQLError {
        CloudSQLError(
            .contradictorySettings,
            "\(names.login) is automatic IAM, which needs the connector as \(names.route); with another one, use a token as "
                + "the password, or let the Auth Proxy sign in (--auto-iam-authn) and use a user without a password",
            setting: names.login)
    }

    private static func checkPort(_ port: Int, _ name: String) throws {
        guard 1...65_535 ~= port else {
            throw CloudSQLError(.invalidSetting, "\(name) must be a number between 1 and 65535", setting: name)
        }
    }

    private static func checkText(_ text: String, _ name: String) throws {
        guard !text.isEmpty else { throw CloudSQLError(.missingSetting, "\(name) is missing", setting: name) }
        guard !text.utf8.contains(0) else {
            throw CloudSQLError(.invalidSetting, "\(name) has a NUL in it", setting: name)
        }
    }

    /// Tokens go there, so nothing but this machine may be asked without TLS.
    private static func checkAdministrationURL(_ url: String, _ name: String) throws {
        let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        let isLocal = local.contains { url == $0 || url.hasPrefix($0 + ":") || url.hasPrefix($0 + "/") }
        guard !url.contains("@"), url.hasPrefix("https://") && url.utf8.count > 8 || isLocal else {
            throw CloudSQLError(
                .invalidSetting, "\(name) must begin with https://, or lead to this machine", setting: name)
        }
    }
}
