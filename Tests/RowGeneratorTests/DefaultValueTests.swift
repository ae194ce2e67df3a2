import SQLSchema
import Testing

@testable import RowGenerator

@Suite("Default values that are literals")
struct DefaultValueTests {
    private static let literals: [(String, ColumnType, String?)] = [
        ("'eu'::text", .string, #""eu""#), ("'it''s ::text'::character varying", .string, #""it's ::text""#),
        ("'web'::shop.\"Odd (State)\"", .string, #""web""#), ("''::text", .string, #""""#),
        ("'5'::text", .string, #""5""#),
        ("3", .int32, "3"), ("'-3'::integer", .int64, "-3"), ("(3)::smallint", .int16, "3"),
        ("('-3'::integer)::smallint", .int16, "-3"), ("9000000000", .int32, nil), ("0.5", .double, "0.5"),
        ("'-0.5'::numeric", .double, "-0.5"), ("true", .bool, "true"), ("false", .bool, "false"),
        ("now()", .instant, nil), ("nextval('a_id_seq'::regclass)", .int64, nil),
        ("('a'::text || 'b'::text)", .string, nil),
        ("upper('a'::text)", .string, nil), ("CURRENT_USER", .string, nil), (#"E'a\\b'::text"#, .string, nil),
        ("'{}'::jsonb", .json, nil), ("'00000000-0000-0000-0000-000000000000'::uuid", .uuid, nil),
        ("'a", .string, nil), ("'", .string, nil), ("::", .string, nil), ("('a'::text", .string, nil),
    ]

    @Test("Those of PostgreSQL are read without the type behind them", arguments: literals)
    func postgres(_ expression: String, _ type: ColumnType, _ expected: String?) {
        let column = Column(name: "c", type: "", isNullable: false, defaultExpression: expression)
        #expect(DefaultValue.swift(of: column, as: .scalar(type), in: .postgres) == expected)
    }

    @Test("Those of SQLite are read as they are")
    func sqlite() {
        func swift(_ expression: String?, _ type: ColumnType, isNullable: Bool = false) -> String? {
            let column = Column(name: "c", type: "", isNullable: isNullable, defaultExpression: expression)
            return DefaultValue.swift(of: column, as: .scalar(type), in: .sqlite)
        }
        #expect(swift("'it''s'", .string) == #""it's""#)
        #expect(swift("-1", .int64) == "-1" && swift("1", .bool) == "true")
        #expect(swift(nil, .string) == nil && swift(nil, .string, isNullable: true) == "nil")
        #expect(swift("CURRENT_TIMESTAMP", .string, isNullable: true) == "nil")
    }
}
