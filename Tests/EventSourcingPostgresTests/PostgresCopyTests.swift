import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

@Suite("COPY into a table")
actor PostgresCopyTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection
    private let table = RelationName(schema: "public", "odd \"t")
    private let columns = ["number", "text", "data", "json", "at", "id", "flag", "level", "region"]

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try PostgresConnection(database.configuration)
        try connection.execute("CREATE TYPE region AS ENUM ('north', 'south')")
        try connection.execute(
            """
            CREATE TABLE "odd ""t" (
                number bigint UNIQUE, "text" text, data bytea, json jsonb, at timestamptz, id uuid, flag boolean,
                level float8, region region, price numeric
            )
            """)
    }

    @Test("writes many rows of every type, and counts them")
    func rows() throws {
        let id = UUID()
        let count = try connection.copy(into: table, columns: columns) { copy in
            for index in 0..<20_000 {
                try copy.write(Int64(index), at: 0)
                try copy.set(index % 3 == 0 ? nil : "text \(index)", at: 1)
                try copy.write([UInt8(index % 256), 0], at: 2)
                try copy.write(JSON("[\(index)]"), at: 3)
                try copy.write(Instant(microsecondsSince1970: Int64(index)), at: 4)
                try copy.write(id, at: 5)
                try copy.write(index % 2 == 0, at: 6)
                try copy.write(Double(index), at: 7)
                try copy.write("south", at: 8)
                try copy.endRow()
            }
        }
        #expect(count == 20_000)
        let wrong = try connection.prepare(
            """
            SELECT count(*) FILTER (WHERE
                "text" IS DISTINCT FROM CASE WHEN number % 3 > 0 THEN 'text ' || number END
                OR get_byte(data, 0) <> number % 256 OR json <> jsonb_build_array(number)
                OR at <> 'epoch'::timestamptz + number * interval '1 microsecond' OR flag <> (number % 2 = 0)
                OR level <> number OR region <> 'south' OR id <> $1 OR price IS NOT NULL), count(*)
            FROM "odd ""t"
            """)
        var parameters = wrong.parameters()
        try parameters.write(id, at: 0)
        let found = try wrong.first { (try $0.int64(at: 0), try $0.int64(at: 1)) }
        #expect(found.map { $0 == (0, 20_000) } == true)
        #expect(try connection.copy(into: table, columns: columns) { _ in } == 0)
    }

    @Test("keeps nothing when the rows cannot be made, or the database refuses one")
    func failures() throws {
        struct Reason: Error {}
        #expect(throws: Reason.self) {
            try connection.copy(into: table, columns: ["number"]) { copy in
                for number in 0..<100_000 {
                    try copy.write(Int64(number), at: 0)
                    try copy.endRow()
                }
                throw Reason()
            }
        }
        let duplicate = try #require(throws: DatabaseError.self) {
            try connection.copy(into: table, columns: ["number"]) { copy in
                for number in 0..<100_000 {
                    try copy.write(Int64(number % 99_999), at: 0)
                    try copy.endRow()
                }
            }
        }
        #expect(duplicate.code == .uniqueViolation)
        let mismatch = try #require(throws: DatabaseError.self) {
            try connection.copy(into: table, columns: ["text", "number"]) { try $0.write("x", at: 1) }
        }
        #expect("\(mismatch)".contains("column number of the type bigint: a text was given"))
        #expect(throws: DatabaseError.self) {
            try connection.copy(into: table, columns: ["number"]) { try $0.write(Int64(1), at: 1) }
        }
        #expect {
            try connection.copy(into: table, columns: ["nope"]) { _ in }
        } throws: { ($0 as? DatabaseError)?.engineCode == "42703" }
        #expect(connection.isReusable)
        #expect(try connection.prepare("SELECT count(*) FROM \(table.quoted)").first { try $0.int64(at: 0) } == 0)
    }

    @Test("is part of the transaction around it")
    func transaction() throws {
        try connection.begin()
        try connection.copy(into: table, columns: ["number"]) { copy in
            try copy.write(Int64(1), at: 0)
            try copy.endRow()
        }
        try connection.rollback()
        #expect(try connection.prepare("SELECT count(*) FROM \(table.quoted)").first { try $0.int64(at: 0) } == 0)
    }
}
