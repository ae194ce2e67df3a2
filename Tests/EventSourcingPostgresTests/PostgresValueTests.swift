import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

@Suite("Values of PostgreSQL")
actor PostgresValueTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try PostgresConnection(database.configuration)
    }

    /// Sends a value as a type and reads it back as the same.
    private func roundTrip<Value: RowValue>(_ value: Value, _ type: String) throws -> Value? {
        let statement = try connection.prepare("SELECT $1::\(type)")
        var parameters = statement.parameters()
        try parameters.set(value, at: 0)
        return try statement.first { row in try row.value(Value.self, at: 0) }
    }

    private func read<Value: RowValue>(_ expression: String, as type: Value.Type = Value.self) throws -> Value? {
        try connection.prepare("SELECT \(expression)").first { row in try row.value(Value.self, at: 0) }
    }

    @Test("come back as they were sent")
    func roundTrips() throws {
        for number in [Int64.min, -1, 0, 1, .max] { #expect(try roundTrip(number, "bigint") == number) }
        for number in [Int32.min, -1, 0, .max] { #expect(try roundTrip(number, "integer") == number) }
        for number in [Int16.min, -1, 0, .max] { #expect(try roundTrip(number, "smallint") == number) }
        for number in [-0.1, 0, .infinity, .leastNonzeroMagnitude] as [Double] {
            #expect(try roundTrip(number, "double precision") == number)
        }
        #expect(try roundTrip(Double.nan, "float8")?.isNaN == true)
        #expect(try roundTrip(Float(0.1), "real") == 0.1)
        for flag in [true, false] { #expect(try roundTrip(flag, "boolean") == flag) }
        for text in ["", "é🙂\n\"'\\", String(repeating: "x", count: 100_000)] {
            for type in ["text", "varchar", "name"] where type != "name" || text.utf8.count < 64 {
                #expect(try roundTrip(text, type) == text)
            }
        }
        for bytes in [[], [0, 255, 0]] as [[UInt8]] { #expect(try roundTrip(bytes, "bytea") == bytes) }
        let id = try #require(UUID(uuidString: "0540740E-63C8-548F-A09F-39E33C9179B5"))
        #expect(try roundTrip(id, "uuid") == id)
        let json = try JSON(#"{"b": 1.00, "a":1e400, "b": "\u0000"}"#)
        #expect(try roundTrip(json, "json") == json)
        #expect(try roundTrip(JSON(#"{"a": [1, null]}"#), "jsonb") == JSON(#"{"a": [1, null]}"#))
        #expect(try roundTrip("[1]", "json") == "[1]")
        for nothing in [String?.none, .some("x")] { #expect(try roundTrip(nothing, "text") == .some(nothing)) }
    }

    @Test("are instants to the microsecond, before 1970 and far away, but never infinite")
    func instants() throws {
        for microseconds in [0, -1, 946_684_800_000_000, -62_135_596_800_000_000, 253_402_300_799_999_999] as [Int64] {
            for type in ["timestamptz", "timestamp"] {
                let instant = Instant(microsecondsSince1970: microseconds)
                #expect(try roundTrip(instant, type) == instant)
            }
        }
        try connection.execute("SET TimeZone = 'Asia/Kathmandu'")
        #expect(try read("'1970-01-01T00:00:00.000001Z'::timestamptz") == Instant(microsecondsSince1970: 1))
        #expect(try read("'0044-03-15 12:00:00+00 BC'::timestamptz", as: Instant.self) != nil)
        for infinity in ["infinity", "-infinity"] {
            let error = try #require(throws: DatabaseError.self) {
                try read("'\(infinity)'::timestamptz AS t", as: Instant.self)
            }
            #expect(error.code == .unexpectedValue && "\(error)".contains("column t: expected a finite timestamp"))
        }
        let statement = try connection.prepare("SELECT $1::timestamptz")
        var parameters = statement.parameters()
        #expect(throws: DatabaseError.self) {
            try parameters.write(Instant(microsecondsSince1970: 0, nanosecondsLeft: 1), at: 0)
        }
        #expect(throws: DatabaseError.self) {
            try parameters.write(Instant(microsecondsSince1970: .min + 946_684_800_000_000), at: 0)
        }
        let latest = Instant(microsecondsSince1970: .max)
        #expect(try roundTrip(latest, "timestamptz") == latest)
    }

    @Test("have the types of their columns, and no others")
    func mismatches() throws {
        #expect(try read("1::smallint", as: Int.self) == 1)
        #expect(try read("4000000000::oid", as: Int.self) == 4_000_000_000)
        #expect(try read("0.5::real", as: Double.self) == 0.5)
        #expect(throws: DatabaseError.self) { try read("70000", as: Int16.self) }
        #expect(throws: DatabaseError.self) { try read("1::numeric", as: Int.self) }
        #expect(throws: DatabaseError.self) { try read("1", as: Double.self) }
        #expect(throws: DatabaseError.self) { try read("1", as: Bool.self) }
        #expect(throws: DatabaseError.self) { try read("1", as: String.self) }
        #expect(throws: DatabaseError.self) { try read("'x'::text", as: [UInt8].self) }
        #expect(throws: DatabaseError.self) { try read("'\\x00'::bytea", as: String.self) }
        #expect(throws: DatabaseError.self) { try read("'x'::text", as: UUID.self) }
        #expect(throws: DatabaseError.self) { try read("1", as: Instant.self) }
        #expect(throws: DatabaseError.self) { try read("1", as: JSON.self) }
        for type in ["bigint", "float8", "boolean", "text", "bytea", "json", "jsonb", "timestamptz", "uuid"] {
            let error = try #require(throws: DatabaseError.self) {
                try connection.prepare("SELECT NULL::\(type) AS x").first { row in
                    _ = type == "bigint" ? try row.int64(at: 0) : 0
                    _ = type == "float8" ? try row.double(at: 0) : 0
                    _ = type == "boolean" ? try row.bool(at: 0) : false
                    _ = type == "text" ? try row.string(at: 0) : ""
                    _ = type == "bytea" ? try row.bytes(at: 0) : []
                    _ = type.hasPrefix("json") ? try row.json(at: 0).text : ""
                    _ = type == "timestamptz" ? try row.instant(at: 0) : .now()
                    _ = type == "uuid" ? try row.uuid(at: 0) : UUID()
                }
            }
            #expect("\(error)".contains("column x: expected") && "\(error)".contains("found NULL"))
        }
        #expect { try read("1", as: Bool.self) } throws: { "\($0)".contains("expected a boolean, found integer") }
        #expect(throws: DatabaseError.self) { try connection.prepare("SELECT 1").first { try $0.int64(at: 1) } }
        #expect(throws: DatabaseError.self) { try connection.prepare("SELECT 1").first { try $0.int64(at: -1) } }
    }

    @Test("are refused as parameters of another type, with the number of the parameter")
    func refusedParameters() throws {
        let statement = try connection.prepare("SELECT $1::text, $2::integer, $3::bytea, $4::smallint, $5::real")
        var parameters = statement.parameters(from: 2)
        #expect { try parameters.write("1", at: 0) } throws: {
            "\($0)".contains("parameter $2 of the type integer: a text was given")
        }
        #expect(throws: DatabaseError.self) { try parameters.write(Int64(Int32.max) + 1, at: 0) }
        #expect(throws: DatabaseError.self) { try parameters.write("x", at: 1) }
        #expect(throws: DatabaseError.self) { try parameters.write(Int64(40_000), at: 2) }
        #expect(throws: DatabaseError.self) { try parameters.write(1e300, at: 3) }
        #expect(throws: DatabaseError.self) { try parameters.write(true, at: 3) }
        #expect(throws: DatabaseError.self) { try parameters.write(UUID(), at: 3) }
        #expect(throws: DatabaseError.self) { try parameters.writeNull(at: 4) }
        #expect(throws: DatabaseError.self) { try parameters.write(JSON("1"), at: -2) }
        let isNull = try statement.first { row in (0..<5).map { row.isNull(at: $0) } }
        #expect(isNull == [true, true, true, true, true])
    }

    @Test("of enums, domains and the texts of extensions are texts")
    func customTypes() throws {
        try connection.execute("CREATE TYPE region AS ENUM ('north', 'south')")
        try connection.execute("CREATE DOMAIN label AS varchar(10) CHECK (VALUE <> '')")
        try connection.execute("CREATE DOMAIN short_label AS label")
        try connection.execute("CREATE DOMAIN count AS bigint")
        try connection.execute("CREATE EXTENSION citext")
        try connection.execute(
            "CREATE TABLE t (r region, l short_label, c citext, n count, rs region[], p point)")
        let insert = try connection.prepare("INSERT INTO t SELECT $1, $2, $3, $4, $5")
        var parameters = insert.parameters()
        for (index, text) in ["south", "x", "Abc"].enumerated() { try parameters.write(text, at: index) }
        try parameters.write(Int64(7), at: 3)
        var regions = insert.arrayParameters(from: 5, count: 1)
        try regions.write("north", at: 0)
        try regions.writeNull(at: 0)
        try regions.finish()
        #expect(try insert.run() == 1)
        let row = try connection.prepare("SELECT r, l, c, n, rs::text FROM t WHERE c = 'aBC'").first { row in
            (
                try row.string(at: 0), try row.string(at: 1), try row.string(at: 2), try row.int64(at: 3),
                try row.string(at: 4)
            )
        }
        #expect(row.map { $0 == ("south", "x", "Abc", 7, "{north,NULL}") } == true)
        #expect {
            try connection.prepare("SELECT point(1, 2)").first { try $0.string(at: 0) }
        } throws: { "\($0)".contains("found point") }
    }

    @Test("go in lists, NULLs included, of every type that a column of events has")
    func arrays() throws {
        let types = [
            "text[]", "bigint[]", "uuid[]", "bytea[]", "json[]", "jsonb[]", "timestamptz[]", "float8[]", "boolean[]",
            "integer[]",
        ]
        let parameterList = types.enumerated().map { "$\($0 + 1)::\($1)" }.joined(separator: ", ")
        let statement = try connection.prepare("SELECT * FROM unnest(\(parameterList))")
        let id = UUID()
        for count in [0, 1, 3, 1000] {
            var rows = statement.arrayParameters(count: types.count)
            for index in 0..<count {
                try rows.write("text \(index)", at: 0)
                try rows.write(Int64(index), at: 1)
                try rows.write(id, at: 2)
                try rows.write([0, UInt8(index % 256)], at: 3)
                try rows.write(JSON("{\"a\":  \(index)}"), at: 4)
                try rows.write(JSON("\(index)"), at: 5)
                try rows.write(Instant(microsecondsSince1970: Int64(index)), at: 6)
                try rows.write(Double(index) / 2, at: 7)
                try rows.set(index % 2 == 0 ? true : nil, at: 8)
                try rows.set(index % 2 == 0 ? nil : index, at: 9)
            }
            try rows.finish()
            let read = try statement.all { row in
                [
                    try row.string(at: 0), "\(try row.int64(at: 1))", "\(try row.uuid(at: 2))",
                    "\(try row.bytes(at: 3))",
                    try row.json(at: 4).text, try row.json(at: 5).text,
                    "\(try row.instant(at: 6).microsecondsSince1970)",
                    "\(try row.double(at: 7))", "\(try row.value(Bool?.self, at: 8) == true)",
                    "\(try row.value(Int?.self, at: 9) ?? -1)",
                ]
            }
            let expected = (0..<count).map { index in
                [
                    "text \(index)", "\(index)", "\(id)", "[0, \(index % 256)]", "{\"a\":  \(index)}", "\(index)",
                    "\(index)", "\(Double(index) / 2)", "\(index % 2 == 0)", "\(index % 2 == 0 ? -1 : index)",
                ]
            }
            #expect(read == expected)
        }
        var uneven = statement.arrayParameters(count: 2)
        try uneven.write("x", at: 0)
        #expect(throws: DatabaseError.self) { try uneven.write(Int64(1), at: 2) }
        #expect { try uneven.finish() } throws: { "\($0)".contains("parameter $2") }
        var scalar = try connection.prepare("SELECT $1::text").arrayParameters(count: 1)
        #expect { try scalar.finish() } throws: { "\($0)".contains("a list was given") }
    }
}
