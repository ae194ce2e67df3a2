import EventSourcing
import Testing

@testable import EventSourcingGoogleCloud

@Suite("What a connection to Cloud SQL is decided by")
struct CloudSQLValueTests {
    // MARK: Settings of an instance

    private let instance = CloudSQLValueTests.name("p:us-central1:i")

    private static func name(_ text: String) -> CloudSQLInstanceName? { try? CloudSQLInstanceName(text) }

    private func settings(
        region: String = "us-central1", type: String = "SECOND_GEN", version: String = "POSTGRES_17",
        addresses: String = #"[{"type": "PRIMARY", "ipAddress": "203.0.113.9"}]"#, more: String = ""
    ) throws -> ConnectSettings {
        try ConnectSettings(
            Array(
                """
                {"region": "\(region)", "backendType": "\(type)", "databaseVersion": "\(version)",
                 "ipAddresses": \(addresses), "serverCaCert": {"cert": "PEM"}\(more)}
                """.utf8))
    }

    @Test("The address is the one of the kind that is asked for")
    func addresses() throws {
        let instance = try #require(instance)
        let all = try settings(
            addresses:
                #"[{"type": "PRIMARY", "ipAddress": "203.0.113.9"}, {"type": "PRIVATE", "ipAddress": "10.1.2.3"},"#
                + #" {"type": "OUTGOING", "ipAddress": "203.0.113.10"}]"#,
            more: #", "dnsName": "X.y.sql.goog.", "pscEnabled": true, "dnsNames": [{"name": "a.sql-psc.goog.","#
                + #" "connectionType": "PRIVATE_SERVICE_CONNECT", "dnsScope": "INSTANCE"}]"#)
        #expect(try all.address(.publicAddress, of: instance) == "203.0.113.9")
        #expect(try all.address(.privateAddress, of: instance) == "10.1.2.3")
        #expect(try all.address(.privateServiceConnect, of: instance) == "a.sql-psc.goog")
        #expect(all.serverNames == ["x.y.sql.goog", "a.sql-psc.goog"])
        let older = try settings(addresses: "[]", more: #", "dnsName": "x.y.sql.goog.", "pscEnabled": true"#)
        #expect(try older.address(.privateServiceConnect, of: instance) == "x.y.sql.goog")
    }

    @Test("Another region, another kind, another engine and a missing address are told apart")
    func mistakes() throws {
        let instance = try #require(instance)
        func code(
            _ settings: ConnectSettings, _ kind: CloudSQLConfiguration.Address = .publicAddress
        ) throws -> CloudSQLError.Code {
            try #require(throws: CloudSQLError.self) { try settings.address(kind, of: instance) }.code
        }
        #expect(try code(settings(region: "europe-west1")) == .wrongRegion)
        #expect(try code(settings(type: "FIRST_GEN")) == .wrongInstanceType)
        #expect(try code(settings(version: "MYSQL_8_0")) == .wrongEngine)
        #expect(try code(settings(), .privateAddress) == .noAddress)
        #expect(try code(settings(more: #", "dnsName": "x.sql.goog.""#), .privateServiceConnect) == .noAddress)
        #expect(
            try #require(throws: CloudSQLError.self) { try ConnectSettings(Array("{}".utf8)) }.code
                == .administrationUnavailable)
    }

    // MARK: The server's certificate

    @Test(
        "A server is known by an alternative name, and otherwise by its common name",
        arguments: [
            (["x.sql.goog"], ["x.sql.goog"], [], true), (["x.sql.goog"], ["y.sql.goog"], ["p:i"], true),
            ([], [], ["p:i"], true), (["x.sql.goog"], ["y.sql.goog"], [], false), ([], ["p:i"], [], false),
            ([], [], ["p:j"], false), ([], [], ["p:i", "p:j"], false), ([], [], [], false),
        ] as [([String], [String], [String], Bool)])
    func identity(names: [String], alternatives: [String], commonNames: [String], isRight: Bool) throws {
        let identity = ServerIdentity(names: Set(names), commonName: "p:i")
        if isRight {
            try identity.check(alternativeNames: alternatives, commonNames: commonNames)
        } else {
            let error = try #require(throws: CloudSQLError.self) {
                try identity.check(alternativeNames: alternatives, commonNames: commonNames)
            }
            #expect(error.code == .wrongServerName)
        }
        #expect(ServerIdentity.normalized("X.Sql.Goog.") == "x.sql.goog")
    }

    // MARK: Refreshing

    @Test("A certificate is replaced at half of its life, and a short one four minutes before its end")
    func schedule() {
        #expect(RefreshSchedule.delay(remaining: .seconds(7200)) == .seconds(3600))
        #expect(RefreshSchedule.delay(remaining: .seconds(3600)) == .seconds(1800))
        #expect(RefreshSchedule.delay(remaining: .seconds(3599)) == .seconds(3359))
        #expect(RefreshSchedule.delay(remaining: .seconds(241)) == .seconds(1))
        #expect(RefreshSchedule.delay(remaining: .seconds(240)) == .zero)
        #expect(RefreshSchedule.delay(remaining: .seconds(-5)) == .zero)
        #expect(RefreshSchedule.isDue(remaining: .seconds(239)))
        #expect(!RefreshSchedule.isDue(remaining: .seconds(240)))
    }

    @Test("Two certificates may be asked for at once, and then one every thirty seconds")
    func limiter() {
        var limiter = RefreshLimiter()
        let start = ContinuousClock.now
        #expect((1...4).map { _ in limiter.reserve(at: start) } == [.zero, .zero, .seconds(30), .seconds(60)])
        #expect(limiter.delay(at: start + .seconds(60)) == .seconds(30))
        #expect(limiter.reserve(at: start + .seconds(90)) == .zero)
        // After a pause there are two at once again, and not more.
        let later = start + .seconds(1000)
        #expect((1...3).map { _ in limiter.reserve(at: later) } == [.zero, .zero, .seconds(30)])
    }

    // MARK: Errors through libpq

    @Test("The connector's reason is found again in the error of a connection", arguments: CloudSQLError.Code.allCases)
    func errors(code: CloudSQLError.Code) throws {
        let error = CloudSQLError(code, "first line: with a colon\nand a second")
        let wrapped = DatabaseError(
            code: .cannotOpen, engineCode: "08001",
            message: #"connection to server on socket "/tmp/x/.s.PGSQL.5432" failed: FATAL:  \#(error.wireText)"#)
        let found = try #require(CloudSQLError(wrapped))
        #expect(found.code == code)
        #expect(found.message == "first line: with a colon and a second")
        #expect(CloudSQLError(DatabaseError(code: .cannotOpen, engineCode: "08001", message: "refused")) == nil)
        #expect(CloudSQLError(error.databaseError("cloudsql://a:b:c/d"))?.code == code)
    }
}
