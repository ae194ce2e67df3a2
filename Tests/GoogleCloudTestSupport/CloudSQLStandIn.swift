import Crypto
import CryptoExtras
package import Foundation
import JSONText
import Synchronization
import X509

/// Plays Cloud SQL: the Admin API, the metadata server that gives out tokens, and the proxy that stands before a server.
package final class CloudSQLStandIn: Sendable {
    /// What a test can change; the next answer, or the next connection, heeds it.
    package struct Behaviour: Sendable {
        package var region = "us-central1"
        package var backendType = "SECOND_GEN"
        package var databaseVersion = "POSTGRES_15"
        package var addressTypes = ["PRIMARY", "PRIVATE"]
        /// The address that is named.
        package var address = "127.0.0.1"
        package var serviceConnectName: String?
        /// How many seconds a certificate is valid.
        package var certificateLifetime: TimeInterval = 3600
        package var tokenLifetime = 3600
        /// The next calls of the Admin API are answered with these.
        package var failures: [Int] = []
        /// Whether another authority than the server's is named.
        package var namesWrongAuthority = false
        /// Whether certificates are signed by an authority that the proxy does not know.
        package var signsWithForeignAuthority = false
        /// How long the metadata server takes.
        package var metadataDelay = Duration.zero
        /// Whether the proxy accepts connections and says nothing.
        package var isSilent = false

        package init() {}
    }

    /// A TLS connection that came through.
    package struct Accepted: Sendable {
        package let serial: String
        /// Who signed in with the certificate.
        package let login: String?
    }

    struct State: Sendable {
        var behaviour = Behaviour()
        var identity: ServerCertificates
        /// The tokens that were given out, with their scopes.
        var tokens: [String: Set<String>] = [:]
        /// The certificates that were given out, by their serial numbers, and who is to sign in with them.
        var issued: [String: String?] = [:]
        var accepted: [Accepted] = []
    }

    package static let project = "test-project"
    package static let instance = "main"
    package static let connectionName = "\(project):us-central1:\(instance)"
    package static let account = "app@test-project.iam.gserviceaccount.com"

    private let state: SharedState
    private let http: TestHTTPServer
    private let proxy: CloudSQLStandInProxy

    /// What the answers of the HTTP server and the proxy share, without keeping either alive.
    final class SharedState: Sendable {
        let mutex: Mutex<State>
        init(_ state: State) { mutex = Mutex(state) }
    }

    /// Begins to listen.
    ///
    /// - Parameter postgres: the path of the socket of the server that the proxy stands before.
    package init(postgres: String) async throws {
        let state = SharedState(State(identity: try ServerCertificates()))
        self.state = state
        proxy = try await CloudSQLStandInProxy(postgres: postgres, state)
        http = try await TestHTTPServer.start { request in await Self.answer(request, state) }
    }

    /// Stops, and closes everything.
    package func stop() async {
        await http.stop()
        await proxy.stop()
    }

    // MARK: Control

    package var administrationURL: String { http.url }
    /// `127.0.0.1:PORT`, for `GCE_METADATA_HOST`.
    package var metadataHost: String { http.host }
    package var proxyPort: Int { proxy.port }
    package var accepted: [Accepted] { state.mutex.withLock { $0.accepted } }
    package var issuedCount: Int { state.mutex.withLock { $0.issued.count } }
    package var tokens: [String] { state.mutex.withLock { Array($0.tokens.keys) } }
    /// The paths that the Admin API was asked for.
    package var requests: [TestHTTPRequest] { http.requests }

    package func set(_ change: (inout Behaviour) -> Void) {
        state.mutex.withLock { change(&$0.behaviour) }
    }

    /// New authorities and a new certificate of the server; those that were given out before are refused.
    package func rotate(_ form: ServerForm = .internalAuthority) throws {
        let identity = try ServerCertificates(form)
        state.mutex.withLock { $0.identity = identity }
    }

    /// Cuts every connection, as a failover does.
    package func dropConnections() async {
        await proxy.dropConnections()
    }

    /// How many connections there are.
    package var connectionCount: Int { proxy.connectionCount }

    /// Stops to listen for connections, and cuts those that are there.
    package func stopProxy() async {
        await proxy.stop()
    }

    // MARK: Answers

    private static func answer(_ request: TestHTTPRequest, _ state: SharedState) async -> TestHTTPAnswer {
        if request.path.hasPrefix("/computeMetadata/") { return await metadata(request, state) }
        let base = "/sql/v1beta4/projects/\(project)/instances/"
        let failure = state.mutex.withLock { state in
            state.behaviour.failures.isEmpty ? nil : state.behaviour.failures.removeFirst()
        }
        if let failure { return error(failure, "Injected fault.", "backendError") }
        let token = request.headers["authorization"].map { String($0.drop { $0 != " " }.dropFirst()) } ?? ""
        guard isAllowed(token, "sqlservice.admin", state) else {
            return error(401, "Request had invalid authentication credentials.", "authError")
        }
        switch (request.method, request.path) {
        case ("GET", "\(base)\(instance)/connectSettings"):
            return .json(state.mutex.withLock { settings($0) })
        case ("POST", "\(base)\(instance):generateEphemeralCert"):
            return certificate(request, state)
        default:
            return error(404, "The Cloud SQL instance does not exist.", "instanceDoesNotExist")
        }
    }

    private static func metadata(_ request: TestHTTPRequest, _ state: SharedState) async -> TestHTTPAnswer {
        guard request.headers["metadata-flavor"] == "Google" else { return error(403, "Missing header", "forbidden") }
        let (delay, lifetime) = state.mutex.withLock { ($0.behaviour.metadataDelay, $0.behaviour.tokenLifetime) }
        try? await Task.sleep(for: delay)
        let token = "ya29.stand-in-\(UUID().uuidString)"
        let scopes = (request.query["scopes"] ?? "").split(separator: ",").map(String.init)
        state.mutex.withLock { $0.tokens[token] = Set(scopes) }
        return .json(
            #"{"access_token": "\#(token)", "expires_in": \#(lifetime), "token_type": "Bearer"}"#,
            headers: ["Metadata-Flavor": "Google"])
    }

    private static func isAllowed(_ token: String, _ scope: String, _ state: SharedState) -> Bool {
        let scopes = state.mutex.withLock { $0.tokens[token] } ?? []
        return !scopes.isDisjoint(with: [scope, "cloud-platform"].map { "https://www.googleapis.com/auth/\($0)" })
    }

    private static func settings(_ state: State) -> String {
        let behaviour = state.behaviour
        var writer = JSONWriter()
        writer.object { object in
            object.member("kind", "sql#connectSettings")
            object.member("region", behaviour.region)
            object.member("databaseVersion", behaviour.databaseVersion)
            object.member("backendType", behaviour.backendType)
            object.key("ipAddresses")
            object.array { array in
                for type in behaviour.addressTypes {
                    array.object { address in
                        address.member("type", type)
                        address.member("ipAddress", behaviour.address)
                    }
                }
            }
            object.key("serverCaCert")
            object.object { certificate in
                certificate.member("kind", "sql#sslCert")
                certificate.member(
                    "cert", behaviour.namesWrongAuthority ? state.identity.otherAuthority : state.identity.authorities)
            }
            let name = behaviour.serviceConnectName ?? state.identity.dnsName
            object.member("dnsName", name.map { "\($0)." })
            if let name = behaviour.serviceConnectName {
                object.member("pscEnabled", true)
                object.key("dnsNames")
                object.array { array in
                    array.object { item in
                        item.member("name", "\(name).")
                        item.member("connectionType", "PRIVATE_SERVICE_CONNECT")
                        item.member("dnsScope", "INSTANCE")
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func certificate(_ request: TestHTTPRequest, _ state: SharedState) -> TestHTTPAnswer {
        let root = try? JSONNode(parsing: request.body)
        guard let text = root?["public_key"]?.string, let key = try? _RSA.Signing.PublicKey(pemRepresentation: text),
            key.keySizeInBits == 2048
        else { return error(400, "Invalid public key", "invalid") }
        var login: String?
        if let token = root?["access_token"]?.string {
            guard isAllowed(token, "sqlservice.login", state) else {
                return error(400, "The access token is not valid for database login.", "invalid")
            }
            login = account
        }
        let (identity, behaviour) = state.mutex.withLock { ($0.identity, $0.behaviour) }
        guard let foreign = try? TestAuthority("Foreign authority"),
            let certificate = try? (behaviour.signsWithForeignAuthority ? foreign : identity.clients).issue(
                for: Certificate.PublicKey(key), commonName: "google.com:client", isServer: false,
                lifetime: behaviour.certificateLifetime),
            let text = try? certificate.pem
        else { return error(500, "The certificate cannot be made.", "internalError") }
        state.mutex.withLock { $0.issued["\(certificate.serialNumber)"] = .some(login) }
        var writer = JSONWriter()
        writer.object { object in
            object.key("ephemeralCert")
            object.object { $0.member("cert", text) }
        }
        return .json(String(decoding: writer.bytes, as: UTF8.self))
    }

    private static func error(_ status: Int, _ message: String, _ reason: String) -> TestHTTPAnswer {
        .json(
            #"{"error": {"code": \#(status), "message": "\#(message)", "errors": [{"reason": "\#(reason)"}]}}"#,
            status: status)
    }
}
