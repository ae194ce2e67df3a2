import Testing

@testable import SQLSchema

@Suite("Files of named queries")
struct QueryFileTests {
    private func read(_ text: String) throws -> [QueryFile.Query] {
        try QueryFile(Array(text.utf8), path: "q.sql").queries
    }

    @Test("A query has a name, a cardinality, a comment and declarations, and its SQL")
    func reads() throws {
        let text = """
            -- All about orders.

            -- name: Open_Orders :many
            -- Those of a region.
            --
            -- parameter region: string?
            -- parameter id: orders.id
            SELECT 1; -- one

            --name: Count :one
            SELECT 2
            """
        let queries = try read(text)
        #expect(queries.map(\.name) == ["Open_Orders", "Count"])
        #expect(queries.map(\.cardinality) == [.many, .one])
        #expect(queries[0].documentation == ["Those of a region.", ""])
        #expect(
            queries[0].declarations["region"]?.type == "string" && queries[0].declarations["region"]?.isNullable == true
        )
        #expect(
            queries[0].declarations["id"]?.type == "orders.id" && queries[0].declarations["id"]?.isNullable == false)
        #expect(queries[1].location == FileLocation(file: "q.sql", line: 10, column: 1))
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[queries[0].statement], as: UTF8.self) == "SELECT 1; -- one\n")
        #expect(String(decoding: bytes[queries[1].statement], as: UTF8.self) == "SELECT 2")
    }

    @Test("A checksum is that of the query alone, whatever the line ends and the blank lines below")
    func checksums() throws {
        let first = try read("-- name: A :many\nSELECT 1;\n\n-- name: B :many\nSELECT 2;\n")
        let second = try read("-- name: A :many\r\nSELECT 1;\r\n-- name: B :many\r\nSELECT 3;\r\n")
        #expect(first[0].checksum == second[0].checksum)
        #expect(first[1].checksum != second[1].checksum)
    }

    @Test(
        "Every mistake has its place",
        arguments: [
            ("SELECT 1;\n-- name: A :many\nSELECT 1;", "q.sql:1:1: error: this belongs to no query"),
            ("-- name: A\nSELECT 1;", "q.sql:1:1: error: a query is named like this: -- name: OpenOrders :many"),
            ("-- name: A :all\nSELECT 1;", "q.sql:1:1: error: ':all' is nothing that a query gives back"),
            ("-- name: 1st :many\nSELECT 1;", "q.sql:1:1: error: '1st' is no name"),
            ("-- name: A :many\n\n", "q.sql:1:1: error: the query 'A' has no SQL below its name"),
            ("-- name: A :many\n-- parameter a\nSELECT 1;", "q.sql:2:1: error: a parameter is declared like this"),
            ("-- name: A :many\n-- parameter a: text\nSELECT 1;", "q.sql:2:1: error: 'text' is no type of a parameter"),
            (
                "-- name: A :many\n-- parameter a: json\n-- parameter a: json\nSELECT 1;",
                "q.sql:3:1: error: the parameter 'a' is declared twice"
            ),
            ("\u{FEFF}-- name: A :many\nSELECT 1;", "q.sql:1:1: error: the file begins with a byte-order mark"),
            ("-- name: A :many\nSELECT '\0';", "q.sql:2:9: error: the file has a NUL in it"),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: InvalidSchemaError.self) { try read(text) }
        #expect(error?.diagnostics.first?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test("A column says behind its name what the database cannot tell")
    func columnNames() {
        func parts(_ text: String) -> [String?] {
            let name = QueryColumnName(text)
            return [name.name, name.isNullable.map { $0 ? "NULL" : "NOT NULL" }, name.choice]
        }
        #expect(parts("total") == ["total", nil, nil])
        #expect(parts("total!") == ["total", "NOT NULL", nil])
        #expect(parts("total?: decimal") == ["total", "NULL", "decimal"])
        #expect(parts("tags: string[]") == ["tags", nil, "string[]"])
        // Such a name is somebody's own.
        #expect(parts("a: b") == ["a: b", nil, nil])
        #expect(parts("!") == ["!", nil, nil])
    }
}
