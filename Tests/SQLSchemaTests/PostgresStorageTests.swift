import SQLSchema
import Testing

@Suite("The types of PostgreSQL's columns")
struct PostgresStorageTests {
    private static let catalog = Catalog(
        enums: [Enumeration(name: RelationName(schema: "shop", "Order \"State\""), labels: ["new"])],
        domains: [
            Domain(
                name: RelationName(schema: "shop", "label"), type: "character varying(10) COLLATE \"C\"",
                isNullable: true),
            Domain(name: RelationName(schema: "shop", "title"), type: "shop.label", isNullable: true),
            Domain(name: RelationName(schema: "shop", "moment"), type: "timestamp(3) with time zone", isNullable: true),
            Domain(
                name: RelationName(schema: "shop", "states"), type: "shop.\"Order \"\"State\"\"\"", isNullable: true),
            // No database has these, but a snapshot that somebody wrote may.
            Domain(name: RelationName(schema: "shop", "a"), type: "shop.b", isNullable: true),
            Domain(name: RelationName(schema: "shop", "b"), type: "shop.a", isNullable: true),
        ])

    private static let types: [(String, PostgresStorage?)] = [
        ("bigint", .bigint), ("integer", .integer), ("smallint", .smallint), ("boolean", .boolean), ("real", .real),
        ("double precision", .doublePrecision), ("text", .text), ("character varying", .varchar),
        ("character varying(80)", .varchar), ("character(3)", .character), ("public.citext", .citext),
        ("uuid", .uuid), ("timestamp with time zone", .timestamptz), ("timestamp(3) with time zone", .timestamptz),
        ("json", .json), ("jsonb", .jsonb), ("bytea", .bytea), ("shop.\"Order \"\"State\"\"\"", .enumeration),
        ("shop.label", .varchar), ("shop.title", .varchar), ("shop.moment", .timestamptz),
        ("shop.states", .enumeration),
        ("numeric", .numeric), ("numeric(10,2)", .numeric), ("timestamp without time zone", .timestamp),
        ("date", .date), ("interval", .interval), ("time(0) with time zone", .timetz), ("inet", .inet),
        ("interval day to second", nil), ("text[]", nil), ("tsvector", nil), ("int4range", nil), ("enum", nil),
        ("shop.unknown", nil), ("shop.a", nil), ("", nil), ("\"", nil), ("(", nil),
        (")(", nil),
    ]

    @Test("Every type has one storage, or none", arguments: types)
    func storage(_ type: String, _ expected: PostgresStorage?) {
        #expect(PostgresStorage(type: type, in: Self.catalog) == expected)
    }

    @Test("A domain keeps the modifier of the type below it")
    func baseType() {
        #expect(PostgresStorage.baseType(of: "shop.title", in: Self.catalog) == "character varying(10)")
        #expect(PostgresStorage.baseType(of: "shop.moment", in: Self.catalog) == "timestamp(3) with time zone")
        #expect(PostgresStorage.baseType(of: "text", in: Self.catalog) == "text")
    }

    private static let digits: [(String, Int?)] = [
        ("numeric(10,2)", 2), ("numeric(10,2)[]", 2), ("numeric(10)", 0), ("numeric", nil),
        ("time(0) without time zone", 0),
        ("timestamp(3) with time zone", 3), ("shop.moment", 3), ("interval(6)", 6), ("character varying(10)", nil),
    ]

    @Test("A type says how many digits it keeps behind the point", arguments: digits)
    func fractionDigits(_ type: String, _ expected: Int?) {
        #expect(PostgresStorage.fractionDigits(of: type, in: Self.catalog) == expected)
    }

    private static let casts: [(String, String)] = [
        ("character varying(10)", "character varying"), ("character(3)", "pg_catalog.bpchar"),
        ("bit(3)[]", "pg_catalog.\"bit\"[]"), ("numeric(10,2)[]", "numeric[]"),
        ("timestamp(3) with time zone", "timestamp with time zone"), ("shop.\"Odd (State)\"", "shop.\"Odd (State)\""),
    ]

    @Test("A type can be named without its modifier, by which a cast would cut values", arguments: casts)
    func withoutModifier(_ type: String, _ expected: String) {
        #expect(Column(name: "c", type: type, isNullable: true).typeWithoutModifier == expected)
    }

    private static let fits: [(String, TypeChoice, SwiftType?)] = [
        ("text[]", .list(.string, hasNulls: false), .list(.scalar(.string), hasNulls: false)),
        ("text[]", .list(.int64, hasNulls: false), nil), ("text", .list(.string, hasNulls: true), nil),
        ("tsvector", .scalar(.string), .scalar(.string)), ("tsvector", .scalar(.int64), nil),
        ("shop.title", .own, .own(RelationName(schema: "shop", "title"), of: .string)), ("text", .own, nil),
        ("text", .codable("A", module: nil), .codable("A", module: nil)), ("uuid", .codable("A", module: nil), nil),
        ("tsvector", .custom("A", module: "B"), .custom("A", module: "B")),
    ]

    @Test("A column can be what its type can hold", arguments: fits)
    func fit(_ type: String, _ choice: TypeChoice, _ expected: SwiftType?) {
        let column = Column(name: "c", type: type, isNullable: true)
        #expect(ColumnFit(column, in: .postgres, Self.catalog).type(choice) == expected)
    }

    @Test("A list, a range and an enum have a type of themselves; an unknown type has none")
    func suggestions() {
        func type(_ type: String) -> SwiftType? {
            ColumnFit(Column(name: "c", type: type, isNullable: true), in: .postgres, Self.catalog).type
        }
        #expect(type("numeric(3,1)[]") == .list(.scalar(.decimal), hasNulls: true))
        #expect(type("tstzrange") == .range(.instant) && type("tsvector") == nil && type("tsvector[]") == nil)
        #expect(type("daterange[]") == .list(.range(.date), hasNulls: true))
        let state = RelationName(schema: "shop", "Order \"State\"")
        #expect(type("shop.states") == .own(state, of: .string))
    }
}
