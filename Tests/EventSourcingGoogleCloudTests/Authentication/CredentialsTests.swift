import Crypto
import CryptoExtras
import Foundation
import GoogleCloudTestSupport
import JSONText
import Synchronization
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

@Suite("Application default credentials")
struct CredentialsTests {
    private let folder: TemporaryFolder
    /// Answers every request for a token with another one, and is the metadata server, too.
    private let server: TestHTTPServer
    private static let key = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    init() async throws {
        folder = try TemporaryFolder()
        let count = Atomic<Int>(0)
        server = try await TestHTTPServer.start { request in
            let number = count.add(1, ordering: .relaxed).newValue
            if request.path.hasSuffix(":generateAccessToken") {
                return .json(#"{"accessToken":"impersonated","expireTime":"2100-01-01T00:00:00Z"}"#)
            }
            return .json(#"{"access_token":"token-\#(number)","expires_in":3600,"token_type":"Bearer"}"#)
        }
    }

    private func credentials(
        _ environment: [String: String], now: @escaping @Sendable () -> Instant = Instant.now
    ) -> ApplicationDefaultCredentials {
        ApplicationDefaultCredentials(
            environment: ["HOME": folder.file("home"), "GCE_METADATA_HOST": server.host].merging(environment) { $1 },
            transport: AsyncHTTPTransport(), now: now)
    }

    private func serviceAccount() throws -> String {
        let text = try JSONSerialization.data(
            withJSONObject: [
                "type": "service_account", "client_email": "app@p.iam.gserviceaccount.com", "private_key_id": "k1",
                "private_key": try Self.key.get().pkcs8PEMRepresentation, "token_uri": server.url + "/token",
            ])
        return try folder.write(text, to: "key.json")
    }

    @Test("A service account's key signs what it asks for a token with")
    func signed() async throws {
        let source = credentials(["GOOGLE_APPLICATION_CREDENTIALS": try serviceAccount()])
        let token = try await source.accessToken(for: [.bigQuery, .cloudSQLLogin])
        #expect(token.value == "token-1")
        let request = try #require(server.requests.first)
        #expect(request.path == "/token" && request.method == "POST")
        #expect(request.form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        let parts = try #require(request.form["assertion"]).split(separator: ".").map { part in
            Data(
                base64Encoded: part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
                    + String(repeating: "=", count: (4 - part.count % 4) % 4)) ?? Data()
        }
        try #require(parts.count == 3)
        let header = try JSONNode(parsing: Array(parts[0])), claims = try JSONNode(parsing: Array(parts[1]))
        #expect(header["alg"]?.string == "RS256" && header["kid"]?.string == "k1")
        #expect(claims["iss"]?.string == "app@p.iam.gserviceaccount.com")
        #expect(claims["aud"]?.string == server.url + "/token")
        #expect(
            claims["scope"]?.string
                == "https://www.googleapis.com/auth/bigquery https://www.googleapis.com/auth/sqlservice.login")
        #expect(try #require(claims["exp"]?.integer) - #require(claims["iat"]?.integer) == 3600)
        let content = try #require(request.form["assertion"]).split(separator: ".").prefix(2).joined(separator: ".")
        #expect(
            try Self.key.get().publicKey.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: parts[2]), for: SHA256.hash(data: Data(content.utf8)),
                padding: .insecurePKCS1v1_5))
    }

    @Test("The file of GOOGLE_APPLICATION_CREDENTIALS comes before gcloud's, and that before the metadata server")
    func order() async throws {
        let home = folder.file("home/.config/gcloud")
        #expect(try await credentials([:]).accessToken(for: [.bigQuery]).value == "token-1")
        let metadata = try #require(server.requests.last)
        #expect(metadata.headers["metadata-flavor"] == "Google")
        #expect(metadata.path == "/computeMetadata/v1/instance/service-accounts/default/token")
        #expect(metadata.query["scopes"] == GoogleScope.bigQuery.rawValue)

        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let user = [
            "type": "authorized_user", "client_id": "c+1", "client_secret": "s&1", "refresh_token": "r=1",
            "token_uri": server.url + "/user",
        ]
        try JSONSerialization.data(withJSONObject: user)
            .write(to: URL(fileURLWithPath: home + "/application_default_credentials.json"))
        #expect(try await credentials([:]).accessToken(for: [.bigQuery]).value == "token-2")
        #expect(
            server.requests.last?.form == [
                "grant_type": "refresh_token", "client_id": "c+1", "client_secret": "s&1", "refresh_token": "r=1",
            ])

        let both = credentials(["GOOGLE_APPLICATION_CREDENTIALS": try serviceAccount()])
        #expect(try await both.accessToken(for: [.bigQuery]).value == "token-3")
        #expect(server.requests.last?.path == "/token")
    }

    @Test("Credentials may act as another service account")
    func impersonation() async throws {
        let file: [String: Any] = [
            "type": "impersonated_service_account",
            "service_account_impersonation_url": server.url + "/v1/projects/-/serviceAccounts/b@p:generateAccessToken",
            "delegates": ["projects/-/serviceAccounts/a@p"],
            "source_credentials": [
                "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r",
                "token_uri": server.url + "/user",
            ],
        ]
        let path = try folder.write(JSONSerialization.data(withJSONObject: file), to: "impersonation.json")
        let source = credentials(["GOOGLE_APPLICATION_CREDENTIALS": path])
        #expect(try await source.accessToken(for: [.bigQuery]).value == "impersonated")
        let request = try #require(server.requests.last)
        #expect(request.headers["authorization"] == "Bearer token-1")
        let body = try JSONNode(parsing: request.body)
        #expect(body["scope"]?.items?.compactMap(\.string) == [GoogleScope.bigQuery.rawValue])
        #expect(body["delegates"]?.items?.count == 1)
    }

    @Test("A token is kept until shortly before its end, and tasks that ask together share a request")
    func cache() async throws {
        let time = Mutex(Instant.now())
        let source = credentials([:]) { time.withLock { $0 } }
        let values = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await source.accessToken(for: [.bigQuery]).value } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(values == ["token-1"])
        #expect(try await source.accessToken(for: [.cloudPlatform]).value == "token-2")

        func later(minutes: Int64) {
            time.withLock { $0 = Instant(microsecondsSince1970: $0.microsecondsSince1970 + minutes * 60_000_000) }
        }
        later(minutes: 56)
        #expect(try await source.accessToken(for: [.bigQuery]).value == "token-1")
        later(minutes: 1)
        #expect(try await source.accessToken(for: [.bigQuery]).value == "token-3")

        // While the present one is valid, it serves through a failure.
        later(minutes: 58)
        await server.stop()
        #expect(try await source.accessToken(for: [.bigQuery]).value == "token-3")
        later(minutes: 2)
        let error = try await #require(throws: GoogleCloudError.self) {
            try await source.accessToken(for: [.bigQuery])
        }
        #expect(error.code == .noCredentials)
    }

    @Test("Without credentials, the error says where they were looked for")
    func none() async throws {
        await server.stop()
        let error = try await #require(throws: GoogleCloudError.self) {
            try await credentials(["GCE_METADATA_HOST": "127.0.0.1:1"]).accessToken(for: [.bigQuery])
        }
        #expect(error.code == .noCredentials)
        for part in [
            "GOOGLE_APPLICATION_CREDENTIALS", folder.file("home/.config/gcloud"), "127.0.0.1:1", "gcloud auth",
        ] {
            #expect(error.message.contains(part), "\(error)")
        }
    }

    @Test(
        "A file that is no good is refused by what is missing, and nothing of it is shown",
        arguments: [
            ("{", "is not JSON"), (#"{"type":"service_account","private_key":"SECRET"}"#, #"no text "client_email""#),
            (#"{"type":"external_account","x":"SECRET"}"#, #"of the type "external_account""#),
            (#"{"type":"service_account","client_email":"a@b","private_key":"SECRET"}"#, "is not an RSA key in PEM"),
            (
                #"{"type":"authorized_user","client_id":"c","client_secret":"SECRET","refresh_token":"SECRET","#
                    + #""token_uri":"http://example.com/SECRET"}"#, "does not begin with https://"
            ),
        ])
    func badFiles(text: String, part: String) async throws {
        let path = try folder.write(Data(text.utf8), to: "bad.json")
        let error = try await #require(throws: GoogleCloudError.self) {
            try await credentials(["GOOGLE_APPLICATION_CREDENTIALS": path]).accessToken(for: [.bigQuery])
        }
        #expect(error.code == .invalidCredentials)
        #expect(error.message.contains(part), "\(error)")
        #expect(!"\(error)".contains("SECRET"))
        #expect(server.requests.isEmpty)
    }

    @Test("An account that Google refuses is told from a service that fails")
    func refusal() async throws {
        for (status, code) in [(400, GoogleCloudError.Code.invalidCredentials), (503, .refused)] {
            let server = try await TestHTTPServer.start { _ in
                .json(#"{"error":"invalid_grant","error_description":"Account has been deleted"}"#, status: status)
            }
            let error = try await #require(throws: GoogleCloudError.self) {
                try await credentials(["GCE_METADATA_HOST": server.host]).accessToken(for: [.bigQuery])
            }
            #expect(error.code == code && error.reason == "invalid_grant" && error.status == status, "\(error)")
            await server.stop()
        }
    }
}
