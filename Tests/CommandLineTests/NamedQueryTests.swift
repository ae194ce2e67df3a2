import Foundation
import TestSupport
import Testing

@Suite("Named queries in the schema snapshot")
struct NamedQueryTests {
    private let postgres: PostgresWorkplace

    private var place: Workplace { postgres.place }

    init() async throws {
        postgres = try await PostgresWorkplace()
    }

    private func run(_ arguments: String..., exits exitCode: Int32 = 0) async throws -> CommandLineTool.Outcome {
        let outcome = try await place.tool.run(arguments + ["--postgres", postgres.serverURL])
        #expect(outcome.exitCode == exitCode, "\(outcome)")
        return outcome
    }

    private func writeTables() throws {
        let migration = "-- migrate:up\nCREATE TABLE orders (id int PRIMARY KEY, région text NOT NULL, ip inet);\n"
        try postgres.write("1_orders", migration)
    }

    /// The case has what other tools get wrong: sums, domains in aggregates, outer joins, views, columns made in DO blocks.
    @Test("Both databases type the queries of the generator's golden case, byte for byte as it is committed")
    func goldenCase() async throws {
        let golden = Checkout.folder.appending(path: "Tests/RowGeneratorTests/Cases/queries")
        for name in ["migrations", "Sources"] {
            try FileManager.default.copyItem(
                atPath: golden.appending(path: name).path, toPath: place.folder.file(name))
        }
        _ = try await run("schema", "dump")
        #expect(
            try place.folder.data(of: "schema/schema.json") == Data(contentsOf: golden.appending(path: "schema.json")))
        _ = try await run("schema", "check")
        let again = try await run("schema", "dump")
        #expect(again.lines.allSatisfy { $0.hasPrefix("unchanged ") })
        // Without a server, the doctor takes what PostgreSQL said from the snapshot.
        let doctor = try await place.run("doctor", exits: 3)
        #expect(doctor.lines.contains { $0.hasSuffix("schema/schema.json is what the migrations give") }, "\(doctor)")
    }

    @Test("Every mistake of every query is reported where it stands, and nothing is written")
    func mistakes() async throws {
        try writeTables()
        try place.folder.write(
            """
            -- name: Unknown :many
            SELECT id,
                rejion FROM orders WHERE région = :région;

            -- name: Two :exec
            DELETE FROM orders; DELETE FROM orders;

            -- name: Numbered :exec
            DELETE FROM orders WHERE id = $1;

            -- name: Nothing :many
            DELETE FROM orders;

            -- name: Twice :many
            SELECT id, id FROM orders;

            -- name: Address :many
            SELECT ip FROM orders;

            -- name: Untyped :many
            -- parameter other: string
            SELECT id FROM orders;

            -- name: WrongType :many
            -- parameter id: instant
            SELECT id FROM orders WHERE id = :id;

            -- name: Open :many
            SELECT 'text;

            """, to: "Sources/Shop/queries/orders.sql")
        let refused = try await run("schema", "dump", exits: 2)
        let file = "Sources/Shop/queries/orders.sql"
        let expected = [
            #"\#(file):3:5: error: PostgreSQL: column "rejion" does not exist (42703)"#,
            "\(file):6:21: error: a second statement begins here; each query is one",
            "\(file):9:31: error: a parameter is written with a colon and a name, such as :region",
            "\(file):11:1: error: it returns no columns; name it :exec, or add RETURNING",
            "\(file):14:1: error: two columns are called 'id'; give one another name with AS",
            "\(file):17:1: error: the column 'ip' is inet, which is read as a text: select ip::text AS ip",
            "\(file):21:1: error: the query has no parameter ':other'",
            "\(file):26:34: error: the parameter ':id' is integer, which can be int32, string",
            "\(file):29:8: error: this string does not end",
        ]
        let lines = refused.errors.split(separator: "\n").map(String.init)
        for line in expected { #expect(lines.contains { $0.hasPrefix(line) }, "\(line)\n\(refused)") }
        #expect(lines.count == expected.count, "\(refused)")
        #expect(!place.folder.exists("schema/schema.json"))
    }

    @Test("A query that has changed since the dump fails the check, which names it")
    func stale() async throws {
        try writeTables()
        let query = "-- name: Orders :many\nSELECT id FROM orders ORDER BY id;\n"
        try place.folder.write(query, to: "Sources/Shop/queries/orders.sql")
        _ = try await run("schema", "dump")
        _ = try await run("schema", "check")
        // Line ends and blank lines below it do not matter.
        try place.folder.write(
            query.replacing("\n", with: "\r\n") + "\r\n", to: "Sources/Shop/queries/orders.sql")
        _ = try await run("schema", "check")
        try place.folder.write(query.replacing("BY id", with: "BY id DESC"), to: "Sources/Shop/queries/orders.sql")
        let outcome = try await run("schema", "check", exits: 1)
        #expect(outcome.lines.contains("query Orders of Sources/Shop/queries/orders.sql"), "\(outcome)")
    }

    @Test("What SQLite cannot tell of a query, the query has to say")
    func sqlite() async throws {
        let files = SampleMigrations(folder: place.folder)
        try files.write(
            "1_orders", "-- migrate:up\nCREATE TABLE orders (id INTEGER PRIMARY KEY, region TEXT) STRICT;\n")
        let path = "Sources/Shop/queries/orders.sql"
        try place.folder.write(
            """
            -- name: Ids :many
            SELECT id FROM orders WHERE region = :region;

            -- name: Count :one
            SELECT count(*) AS n FROM orders;

            -- name: Broken :many
            SELECT id FROM orders WHERE "no" = 'x' ORDER BY absent;

            """, to: path)
        let refused = try await place.run("schema", "dump", on: nil, exits: 2)
        let lines = refused.errors.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "\(path):2:38: error: the parameter ':region' has no type, as no parameter of SQLite has; declare it below "
                    + "the name of the query: -- parameter region: string",
                "\(path):4:1: error: the column 'n' is an expression, which has no type in SQLite; say which one it is: "
                    + #"AS "n: string""#,
                "\(path):8:49: error: SQLite: no such column: absent (SQLITE_ERROR (1))",
            ], "\(refused)")
        try place.folder.write(
            """
            -- name: Ids :many
            -- parameter region: orders.region
            SELECT id FROM orders WHERE region = :region;

            -- name: Count :one
            SELECT count(*) AS "n!: int64" FROM orders;

            """, to: path)
        try await place.run("schema", "dump", on: nil)
        try await place.run("generate", "--output", "Code", "--queries-of", "Sources/Shop", on: nil)
        let code = String(decoding: try place.folder.data(of: "Code/Queries.swift"), as: UTF8.self)
        #expect(code.contains("borrowing func ids(region: String) throws -> [Int64]"))
        #expect(code.contains("borrowing func count() throws -> Int64"))
        try await place.run("generate", "--output", "Code", "--queries-of", "Sources/Other", on: nil)
        let none = String(decoding: try place.folder.data(of: "Code/Queries.swift"), as: UTF8.self)
        #expect(!none.contains("func"))
    }
}
