import Crypto
import Foundation
import GoogleCloudTestSupport
import NIOCore
import NIOPosix
import TestSupport
import Testing
import X509

@testable import EventSourcingGoogleCloud
@testable import EventSourcingPostgres

/// With a server that lets nobody in without a password, and whose address speaks TLS only.
@Suite("Signing in to Cloud SQL")
struct CloudSQLLoginTests {
    private static let password = CloudSQLBench.password
    private static let passwordLiteral = "'\(password)'"

    /// A server that asks for passwords, and the file with the authority of its certificate, which is for `localhost`.
    private func withServer(_ body: (DurableServer, _ authorityFile: String) async throws -> Void) async throws {
        let port = try await Self.freePort()
        let folder = try TemporaryFolder()
        try await DurableServer.with(settings: ["listen_addresses=127.0.0.1"], port: port) { server in
            let authority = try TestAuthority("Server authority")
            let key = P256.Signing.PrivateKey()
            let certificate = try authority.issue(
                for: Certificate.PublicKey(key.publicKey), commonName: "localhost", names: ["localhost"],
                isServer: true, lifetime: 3600)
            try await server.write(key.pemRepresentation, to: "server.key")
            try await server.write(certificate.pem, to: "server.crt")
            try await server.execute(
                "CREATE ROLE app LOGIN PASSWORD \(Self.passwordLiteral)", "CREATE DATABASE shop OWNER app",
                "ALTER SYSTEM SET ssl = on")
            try await server.write(
                """
                local all \(ThrowawayServer.user) trust
                local all all scram-sha-256
                hostssl all all 127.0.0.1/32 scram-sha-256
                """, to: "pg_hba.conf")
            try await server.execute("SELECT pg_reload_conf()")
            let authorityFile = try folder.write(try authority.certificate.pem, to: "authority.pem")
            try await eventually("the server speaks TLS and asks for a password") {
                let error = try? await Self.signIn(
                    Self.direct(port, password: "wrong", .init(.verifyFull, authorityFile: authorityFile)))
                return error?.message.contains("password authentication failed") == true
            }
            try await body(server, authorityFile)
        }
    }

    /// A port that nobody listens at.
    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        try await channel.close().get()
        return port
    }

    private static func direct(
        _ port: Int, password: String?, _ tls: CloudSQLConfiguration.TLS
    ) -> CloudSQLConfiguration {
        CloudSQLConfiguration(
            instance: nil, database: "shop", login: .password(user: "app", password),
            route: .direct(host: "localhost", port: port, tls))
    }

    /// Signs in; returns the error of an attempt that failed.
    private static func signIn(
        _ configuration: CloudSQLConfiguration, credentials: any AccessTokenSource = NoTokens()
    ) async throws -> DatabaseError? {
        let connector = try CloudSQLConnector(configuration, credentials: credentials)
        return try await signIn(connector)
    }

    private static func signIn(_ connector: CloudSQLConnector) async throws -> DatabaseError? {
        let connection: PostgresAsyncConnection
        do {
            connection = try await PostgresAsyncConnection.connect(connector.postgres)
        } catch let error as DatabaseError {
            return error
        }
        let user = try await connection.run { connection in
            try connection.prepare("SELECT current_user::text").first { try $0.string(at: 0) }
        }
        #expect(user == "app")
        await connection.close()
        return nil
    }

    private struct NoTokens: AccessTokenSource {
        struct Missing: Error {}

        func accessToken(for scopes: [GoogleScope]) async throws -> AccessToken { throw Missing() }
    }

    private struct OneToken: AccessTokenSource {
        let value: String

        func accessToken(for scopes: [GoogleScope]) async throws -> AccessToken {
            AccessToken(value: value, expiration: .now())
        }
    }

    @Test("A direct connection verifies the server, and only then tells the password")
    func directly() async throws {
        try await withServer { server, authorityFile in
            for mode in [CloudSQLConfiguration.TLS.Mode.verifyAuthority, .verifyFull] {
                let configuration = Self.direct(
                    server.port, password: Self.password, .init(mode, authorityFile: authorityFile))
                #expect(try await Self.signIn(configuration) == nil)
            }
            #expect(try await Self.signIn(Self.direct(server.port, password: Self.password, .init(.require))) == nil)
            let other = try TemporaryFolder()
            let otherFile = try other.write(try TestAuthority("Another").certificate.pem, to: "other.pem")
            let unknown = try #require(
                try await Self.signIn(
                    Self.direct(
                        server.port, password: Self.password, .init(.verifyAuthority, authorityFile: otherFile))))
            #expect(unknown.code == .cannotOpen && unknown.message.contains("certificate verify failed"))
            let plain = try #require(
                try await Self.signIn(Self.direct(server.port, password: Self.password, .init(.disable))))
            #expect(plain.code == .cannotOpen && plain.message.contains("no encryption"))
            let wrong = try #require(
                try await Self.signIn(Self.direct(server.port, password: Self.password + "?", .init(.require))))
            for error in [unknown, plain, wrong] { #expect(!"\(error)".contains(Self.password)) }
        }
    }

    @Test("Through the connector and through a socket a password with any character is told, and a wrong one refused")
    func password() async throws {
        try await withServer { server, _ in
            let bench = try await CloudSQLBench(
                socket: "\(server.folder)/.s.PGSQL.\(server.port)", database: "shop",
                server.configuration(database: "shop"))
            let connector = try bench.connector(
                bench.configuration(login: .password(user: "app", Self.password)))
            #expect(try await Self.signIn(connector) == nil)
            let mistaken = try bench.connector(bench.configuration(login: .password(user: "app", "sesame-wrong")))
            let refusal = try #require(try await Self.signIn(mistaken))
            #expect(refusal.message.contains("password authentication failed for user \"app\""))
            #expect(!"\(refusal)".contains("sesame"))
            await bench.close(connector, mistaken)
            // As Cloud Run and the Auth Proxy have it: a folder named after the instance, with a socket in it.
            let folder = try TemporaryFolder()
            let instance = try CloudSQLInstanceName("p:europe-west1:i")
            try FileManager.default.createDirectory(
                atPath: folder.file("\(instance)"), withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                atPath: folder.file("\(instance)/.s.PGSQL.5432"),
                withDestinationPath: "\(server.folder)/.s.PGSQL.\(server.port)")
            let socket = CloudSQLConfiguration(
                instance: instance, database: "shop", login: .password(user: "app", Self.password),
                route: .socket(folder: folder.path))
            #expect(try await Self.signIn(socket) == nil)
        }
    }

    @Test("A token of IAM is told as the password")
    func token() async throws {
        try await withServer { server, authorityFile in
            let token = "ya29.a0-token_\(UUID().uuidString)"
            try await server.execute("ALTER ROLE app PASSWORD '\(token)'")
            var configuration = Self.direct(
                server.port, password: nil, .init(.verifyAuthority, authorityFile: authorityFile))
            configuration.login = .tokenIAM(user: "app")
            #expect(try await Self.signIn(configuration, credentials: OneToken(value: token)) == nil)
            let refusal = try #require(
                try await Self.signIn(configuration, credentials: OneToken(value: token + "-old")))
            #expect(refusal.message.contains("password authentication failed") && !"\(refusal)".contains(token))
        }
    }
}
