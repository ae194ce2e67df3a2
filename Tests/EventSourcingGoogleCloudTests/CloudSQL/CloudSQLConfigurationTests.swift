import Foundation
import Testing

@testable import EventSourcingGoogleCloud

@Suite("The settings of Cloud SQL")
struct CloudSQLConfigurationTests {
    private let url = "cloudsql://shop:europe-west1:orders/shop?user=app"

    // MARK: URL

    @Test("A URL gives the instance, the database and the user, and the connector is the way")
    func plainURL() throws {
        let configuration = try CloudSQLConfiguration(url: url)
        #expect(configuration.instance?.description == "shop:europe-west1:orders")
        #expect(configuration.database == "shop")
        #expect(configuration.login == .password(user: "app", nil))
        #expect(configuration.route == .connector(.publicAddress))
        #expect(configuration.refresh == .ahead)
        #expect(configuration.administrationURL == "https://sqladmin.googleapis.com")
        #expect(configuration.proxyPort == 3307)
    }

    @Test("A URL can say everything")
    func fullURL() throws {
        let configuration = try CloudSQLConfiguration(
            url: "cloudsql://example.com:shop:us-east1:o-1/a%2Fb?user=a%40b.iam&login=iam&route=connector&address=psc"
                + "&refresh=lazy&admin=http%3A%2F%2F127.0.0.1:8099&proxy-port=4407&quota-project=payer")
        #expect(configuration.instance?.project == "example.com:shop")
        #expect(configuration.instance?.certificateName == "example.com:shop:o-1")
        #expect(configuration.database == "a/b")
        #expect(configuration.login == .automaticIAM(user: "a@b.iam"))
        #expect(configuration.route == .connector(.privateServiceConnect))
        #expect(configuration.refresh == .lazy)
        #expect(configuration.administrationURL == "http://127.0.0.1:8099")
        #expect(configuration.proxyPort == 4407)
        #expect(configuration.quotaProject == "payer")
        let socket = try CloudSQLConfiguration(url: url + "&route=socket&folder=/run/sql&login=iam-token")
        #expect(socket.route == .socket(folder: "/run/sql"))
        #expect(socket.login == .tokenIAM(user: "app"))
    }

    @Test("A password with any character gets through a URL and the environment")
    func passwords() throws {
        let password = "p@ss/w:rd %20+#&=?'\\\" ÄÖ€🔑"
        let encoded = try #require(password.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        for configuration in [
            try CloudSQLConfiguration(url: "\(url)&password=\(encoded)"),
            try CloudSQLConfiguration(url: url, environment: ["GCP_SQL_PASSWORD": password]),
            try CloudSQLConfiguration(environment: [
                "GCP_SQL_HOST": "10.0.0.3", "GCP_SQL_DB": "shop", "GCP_SQL_USER": "app", "GCP_SQL_PASSWORD": password,
            ]),
        ] {
            #expect(configuration.login == .password(user: "app", password))
            let connector = try CloudSQLConnector(configuration)
            #expect(connector.postgres.parameters["password"] == password)
        }
        #expect(try CloudSQLConfiguration(url: "\(url)&password=a+b").login == .password(user: "app", "a+b"))
    }

    @Test(
        "A URL that is wrong is refused by the name of the setting",
        arguments: [
            ("postgresql://x/y", "url", CloudSQLError.Code.invalidSetting),
            (
                "cloudsql://shop:europe-west1/shop?user=app", "the part between cloudsql:// and the next /",
                .invalidSetting
            ),
            ("cloudsql://shop:..:orders/shop?user=a", "the part between cloudsql:// and the next /", .invalidSetting),
            ("cloudsql://app:secret@shop:europe-west1:orders/shop", "user", .invalidSetting),
            ("cloudsql://shop:europe-west1:orders/shop", "user", .missingSetting),
            ("cloudsql://shop:europe-west1:orders?user=app", "database", .missingSetting),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&user=b", "user", .contradictorySettings),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&password=50%", "password", .invalidSetting),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&password=a&b", "url", .invalidSetting),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&password=a#b", "url", .invalidSetting),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&pasword=secret", "pasword", .invalidSetting),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&login=oauth", "login", .invalidSetting),
            (
                "cloudsql://shop:europe-west1:orders/shop?user=app&password=secret&login=iam", "password",
                .contradictorySettings
            ),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&folder=/x", "folder", .contradictorySettings),
            (
                "cloudsql://shop:europe-west1:orders/shop?user=app&route=socket&address=psc", "address",
                .contradictorySettings
            ),
            (
                "cloudsql://shop:europe-west1:orders/shop?user=app&route=socket&login=iam", "login",
                .contradictorySettings
            ),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&route=socket&folder=x", "folder", .invalidSetting),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&proxy-port=x", "proxy-port", .invalidSetting),
            ("cloudsql://shop:europe-west1:orders/shop?user=app&admin=http://example.com", "admin", .invalidSetting),
            (
                "cloudsql://shop:europe-west1:orders/shop?user=app&admin=http://127.0.0.1@evil.com", "admin",
                .invalidSetting
            ),
            (
                "cloudsql://shop:europe-west1:orders/shop?user=app&admin=http://localhost.evil.com", "admin",
                .invalidSetting
            ),
        ])
    func wrongURL(url: String, setting: String, code: CloudSQLError.Code) throws {
        let error = try #require(throws: CloudSQLError.self) { try CloudSQLConfiguration(url: url) }
        #expect(error.code == code)
        #expect(error.setting == setting)
        #expect(setting == "url" || error.message.contains(setting))
        #expect(!error.message.contains("secret"))
    }

    @Test("A socket whose path is too long for the system is refused before connecting")
    func longPath() throws {
        let folder = "/" + String(repeating: "x", count: SocketPath.capacity - 40)
        let error = try #require(throws: CloudSQLError.self) {
            try CloudSQLConfiguration(url: "\(url)&route=socket&folder=\(folder)")
        }
        #expect(error.code == .pathTooLong)
        #expect(SocketPath.fits(folder: String(repeating: "x", count: SocketPath.capacity - 15)))
        #expect(!SocketPath.fits(folder: String(repeating: "x", count: SocketPath.capacity - 14)))
    }

    // MARK: Environment

    private static let base = ["GCP_SQL_DB": "shop", "GCP_SQL_USER": "app", "GCP_SQL_PASSWORD": "secret"]

    private static func environment(_ more: [String: String]) -> [String: String] {
        base.merging(more) { $1 }.filter { $0.value != "-" }
    }

    @Test("The environment of Cloud Run leads to a socket below /cloudsql")
    func cloudRun() throws {
        let name = "shop:europe-west1:orders"
        for variables in [
            ["INSTANCE_CONNECTION_NAME": name], ["GCP_SQL_HOST": "/cloudsql/\(name)"],
            ["INSTANCE_CONNECTION_NAME": name, "GCP_SQL_HOST": "/cloudsql/\(name)", "GCP_SQL_SSLMODE": "require"],
        ] {
            let configuration = try CloudSQLConfiguration(environment: Self.environment(variables))
            #expect(configuration.route == .socket(folder: "/cloudsql"))
            let parameters = try CloudSQLConnector(configuration).postgres.parameters
            #expect(parameters["host"] == "/cloudsql/shop:europe-west1:orders")
            #expect(parameters["port"] == "5432")
            #expect(parameters["dbname"] == "shop")
        }
    }

    @Test("An address in the environment is reached directly, over TLS unless it says otherwise")
    func directAddress() throws {
        let configuration = try CloudSQLConfiguration(environment: Self.environment(["GCP_SQL_HOST": "10.0.0.3"]))
        #expect(configuration.route == .direct(host: "10.0.0.3", port: 5432, .require))
        let verified = try CloudSQLConfiguration(
            environment: Self.environment([
                "GCP_SQL_HOST": "db.example.com", "GCP_SQL_PORT": "6432", "GCP_SQL_SSLMODE": "verify-ca",
                "GCP_SQL_SSLROOTCERT": "/etc/server-ca.pem", "GCP_SQL_ROUTE": "",
            ]))
        let parameters = try CloudSQLConnector(verified).postgres.parameters
        #expect(parameters["host"] == "db.example.com")
        #expect(parameters["port"] == "6432")
        #expect(parameters["sslmode"] == "verify-ca")
        #expect(parameters["sslrootcert"] == "/etc/server-ca.pem")
    }

    @Test("The environment can ask for the connector")
    func connectorFromEnvironment() throws {
        let configuration = try CloudSQLConfiguration(
            environment: Self.environment([
                "INSTANCE_CONNECTION_NAME": "shop:europe-west1:orders", "GCP_SQL_ROUTE": "connector",
                "GCP_SQL_ADDRESS": "private", "GCP_SQL_REFRESH": "lazy", "GCP_SQL_LOGIN": "iam",
                "GCP_SQL_PASSWORD": "-", "CLOUD_SQL_ADMIN_URL": "http://localhost:1",
            ]))
        #expect(configuration.route == .connector(.privateAddress))
        #expect(configuration.refresh == .lazy)
        #expect(configuration.login == .automaticIAM(user: "app"))
        #expect(configuration.administrationURL == "http://localhost:1")
    }

    @Test(
        "An environment that is wrong is refused by the name of the variable",
        arguments: [
            (["GCP_SQL_DB": "-", "GCP_SQL_HOST": "h"], "GCP_SQL_DB", CloudSQLError.Code.missingSetting),
            (["GCP_SQL_USER": "-", "GCP_SQL_HOST": "h"], "GCP_SQL_USER", .missingSetting),
            ([:], "INSTANCE_CONNECTION_NAME", .missingSetting),
            (["INSTANCE_CONNECTION_NAME": "a:b"], "INSTANCE_CONNECTION_NAME", .invalidSetting),
            (
                ["INSTANCE_CONNECTION_NAME": "a:b:c", "GCP_SQL_HOST": "h"], "INSTANCE_CONNECTION_NAME",
                .contradictorySettings
            ),
            (
                ["INSTANCE_CONNECTION_NAME": "a:b:c", "GCP_SQL_HOST": "/x/a:b:d"], "INSTANCE_CONNECTION_NAME",
                .contradictorySettings
            ),
            (["GCP_SQL_HOST": "/cloudsql"], "GCP_SQL_HOST", .invalidSetting),
            (["GCP_SQL_HOST": "h", "GCP_SQL_PORT": "543x"], "GCP_SQL_PORT", .invalidSetting),
            (["GCP_SQL_HOST": "h", "GCP_SQL_PORT": "70000"], "GCP_SQL_PORT", .invalidSetting),
            (["GCP_SQL_HOST": "h", "GCP_SQL_SSLMODE": "yes"], "GCP_SQL_SSLMODE", .invalidSetting),
            (
                ["INSTANCE_CONNECTION_NAME": "a:b:c", "GCP_SQL_SSLMODE": "verify-full"], "GCP_SQL_SSLMODE",
                .contradictorySettings
            ),
            (["GCP_SQL_HOST": "h", "GCP_SQL_LOGIN": "iam-token"], "GCP_SQL_PASSWORD", .contradictorySettings),
            (
                ["GCP_SQL_HOST": "h", "GCP_SQL_LOGIN": "iam", "GCP_SQL_PASSWORD": "-"], "GCP_SQL_LOGIN",
                .contradictorySettings
            ),
            (
                [
                    "GCP_SQL_HOST": "h", "GCP_SQL_LOGIN": "iam-token", "GCP_SQL_PASSWORD": "-",
                    "GCP_SQL_SSLMODE": "prefer",
                ],
                "GCP_SQL_SSLMODE", .contradictorySettings
            ),
            (
                ["INSTANCE_CONNECTION_NAME": "a:b:c", "GCP_SQL_ADDRESS": "psc"], "GCP_SQL_ADDRESS",
                .contradictorySettings
            ),
            (
                ["INSTANCE_CONNECTION_NAME": "a:b:c", "GCP_SQL_ROUTE": "connector", "CLOUD_SQL_SOCKET_DIR": "/x"],
                "CLOUD_SQL_SOCKET_DIR", .contradictorySettings
            ),
            (
                ["INSTANCE_CONNECTION_NAME": "a:b:c", "CLOUD_SQL_SOCKET_DIR": "x"], "CLOUD_SQL_SOCKET_DIR",
                .invalidSetting
            ),
        ] as [([String: String], String, CloudSQLError.Code)])
    func wrongEnvironment(variables: [String: String], name: String, code: CloudSQLError.Code) throws {
        let error = try #require(throws: CloudSQLError.self) {
            try CloudSQLConfiguration(environment: Self.environment(variables))
        }
        #expect(error.code == code)
        #expect(error.setting == name)
        #expect(error.message.contains(name))
        #expect(!error.message.contains("secret"))
    }

    // MARK: From code

    @Test("Settings from code are checked before anything is opened")
    func code() throws {
        var configuration = CloudSQLConfiguration(
            instance: try CloudSQLInstanceName("a:b:c"), database: "shop", login: .automaticIAM(user: "x@y.iam"),
            route: .direct(host: "h", port: 5432, .require))
        #expect(try #require(throws: CloudSQLError.self) { try configuration.check() }.setting == "login")
        configuration.login = .tokenIAM(user: "x@y.iam.gserviceaccount.com")
        try configuration.check()
        #expect(try CloudSQLConnector(configuration).postgres.parameters["user"] == "x@y.iam")
        configuration.login = .password(user: "app", "a\0b")
        #expect(try #require(throws: CloudSQLError.self) { try CloudSQLConnector(configuration) }.setting == "password")
        configuration.login = .password(user: "app", "secret")
        configuration.route = .connector(.publicAddress)
        configuration.instance = nil
        #expect(try #require(throws: CloudSQLError.self) { try configuration.check() }.code == .missingSetting)
    }

    @Test("No password is shown, whichever way a configuration is printed")
    func redaction() throws {
        let configuration = try CloudSQLConfiguration(url: "\(url)&password=s3cret")
        let connector = try CloudSQLConnector(configuration)
        var dumped = ""
        dump(configuration, to: &dumped)
        dump(connector.postgres, to: &dumped)
        dump(configuration.login, to: &dumped)
        for text in [
            "\(configuration)", String(reflecting: configuration), dumped, "\(configuration.login)",
            "\(connector.postgres)", String(reflecting: configuration.login), "\([configuration])",
        ] {
            #expect(!text.contains("s3cret"), "\(text)")
        }
        #expect("\(connector.postgres)" == "cloudsql://shop:europe-west1:orders/shop")
    }
}
