import SQLSchema
import Testing

@Suite struct OverrideFileTests {
    static let snapshot = SchemaSnapshot(dialects: [
        .sqlite: DialectSnapshot(
            catalog: Catalog(
                tables: [
                    Table(
                        name: RelationName("shipments"),
                        columns: [
                            Column(name: "shipped_at", type: "INTEGER", isNullable: true),
                            Column(name: "weight", type: "REAL", isNullable: false),
                            Column(name: "anything", type: "ANY", isNullable: false),
                        ],
                        definition: ""),
                    Table(
                        name: RelationName("a.b"), columns: [Column(name: "c.d", type: "BLOB", isNullable: false)],
                        definition: ""),
                ],
                views: [
                    View(
                        name: RelationName("late"), columns: [Column(name: "count", type: "", isNullable: true)],
                        definition: "")
                ]),
            migrations: [])
    ])

    @Test func namesTypesAndNames() throws {
        let text = """
            {
              "columns": {
                "shipments.shipped_at": "instant", "shipments.anything": "json", "a.b.c.d": "bytes", "late.count": "int32"
              },
              "names": {"shipments": "Parcels", "shipments.weight": "kilograms"}
            }
            """
        let file = try OverrideFile(Array(text.utf8), path: "schema/overrides.json", for: Self.snapshot)
        #expect(file.columnTypes["shipments.shipped_at"]?.value == .scalar(.instant))
        #expect(file.columnTypes["shipments.anything"]?.value == .scalar(.json))
        #expect(file.columnTypes["a.b.c.d"]?.value == .scalar(.bytes))
        #expect(file.columnTypes["late.count"]?.location.description == "schema/overrides.json:3:90")
        #expect(file.swiftNames["shipments"]?.value == "Parcels")
        #expect(file.swiftNames["shipments.weight"]?.value == "kilograms")
    }

    @Test func mayBeEmpty() throws {
        let file = try OverrideFile(Array("{}".utf8), path: "", for: Self.snapshot)
        #expect(file.columnTypes.isEmpty && file.swiftNames.isEmpty)
        #expect(OverrideFile.none.columnTypes.isEmpty)
    }

    static let mistakes: [(String, [String])] = [
        ("{", ["1:2: error: this is not JSON: the text ends too early"]),
        ("[]", ["1:1: error: an override file must be an object, not a list"]),
        (
            #"{"column": {}}"#,
            [
                "1:2: error: an override file has no member 'column'; it can have access, columns, "
                    + "exclude, include, names, tables, types"
            ]
        ),
        (
            #"{"columns": {"shipment.weight": "float"}}"#,
            ["1:14: error: 'shipment.weight' names no table.column; the tables are a.b, late, shipments"]
        ),
        (
            #"{"columns": {"shipments.wait": "float", "shipments": "float"}}"#,
            [
                "1:14: error: 'shipments.wait': 'shipments' has the columns shipped_at, weight, anything",
                "1:41: error: 'shipments' names no table.column; the tables are a.b, late, shipments",
            ]
        ),
        (
            #"{"columns": {"shipments.weight": "money", "shipments.shipped_at": 1}}"#,
            [
                "1:34: error: 'money' is no type; the types are int64, int32, int16, bool, double, float, string, "
                    + "uuid, instant, json, bytes, decimal, date, time, timeWithOffset, localDateTime, interval, own, "
                    + "lists of them such as string[], {\"codable\": \"…\"} and {\"type\": \"…\"}",
                "1:67: error: this must be a text, not a number",
            ]
        ),
        (
            #"{"columns": {"shipments.weight": "instant"}}"#,
            ["1:34: error: 'shipments.weight' is REAL, which cannot hold 'instant'; it can hold double, float"]
        ),
        (
            #"{"columns": {"shipments.weight": "float", "shipments.weight": "double"}}"#,
            ["1:43: error: 'shipments.weight' stands twice in 'columns'"]
        ),
        (
            #"{"names": {"shipments": "2nd", "shipments.weight": "", "late.count": "a b"}}"#,
            [
                "1:25: error: '2nd' is no Swift name: a letter, then letters, digits and _",
                "1:52: error: '' is no Swift name: a letter, then letters, digits and _",
                "1:70: error: 'a b' is no Swift name: a letter, then letters, digits and _",
            ]
        ),
    ]

    @Test(arguments: mistakes) func areReportedWithTheirPlace(text: String, expected: [String]) throws {
        let error = try #require(throws: InvalidSchemaError.self) {
            try OverrideFile(Array(text.utf8), path: "o.json", for: Self.snapshot)
        }
        #expect(error.description == expected.map { "o.json:\($0)" }.joined(separator: "\n"))
    }

    static let storages: [(String, SQLiteStorage?)] = [
        ("INTEGER", .integer), ("int", .integer), ("BIGINT", .integer), ("TEXT", .text), ("VARCHAR(20)", .text),
        ("CHARACTER VARYING (20)", .text), ("REAL", .real), ("DOUBLE PRECISION", .real), ("BLOB", .blob), ("ANY", nil),
        ("", nil), ("NUMERIC(10,2)", nil), ("DATETIME", nil), ("BOOLEAN", nil), ("POINTER", nil),
    ]

    @Test(arguments: storages) func storageIsFoundForPlainTypesOnly(type: String, storage: SQLiteStorage?) {
        #expect(SQLiteStorage(declaredType: type) == storage)
    }
}
