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
        ("numeric", nil), ("numeric(10,2)", nil), ("text[]", nil), ("timestamp without time zone", nil), ("date", nil),
        ("interval", nil), ("enum", nil), ("shop.unknown", nil), ("shop.a", nil), ("", nil), ("\"", nil), ("(", nil),
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
}
