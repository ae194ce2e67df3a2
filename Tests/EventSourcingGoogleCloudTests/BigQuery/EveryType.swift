import Foundation

@testable import EventSourcingGoogleCloud

/// An events table of PostgreSQL with a column of every type that has a counterpart in BigQuery.
enum EveryType {
    /// What a column has in BigQuery.
    struct Expected {
        let value: String
        /// What is asked for; nil for the column as a text.
        var query: String?
    }

    /// A composite with one in it, a list, and what is written otherwise in BigQuery.
    private static let placeLiteral =
        "ROW(ROW(1, 'a, \"b\"'), 12.34, '\\x00ff', '{x,y}', '2026-01-02 12:00:00+02', '{\"n\":2}', '-3 days')::place"

    /// The type, the value, and what BigQuery has then.
    private static let columns: [(name: String, type: String, value: String, expected: Expected)] = [
        ("c_smallint", "smallint", "-32768", .init(value: "-32768")),
        ("c_bigint", "bigint", "9223372036854775807", .init(value: "9223372036854775807")),
        ("c_oid", "oid", "4294967295", .init(value: "4294967295")),
        ("c_real", "real", "0.5", .init(value: "0.5")),
        ("c_double", "double precision", "0.1", .init(value: "0.1", query: "c_double")),
        ("c_nan", "double precision", "'NaN'", .init(value: "NaN", query: "c_nan")),
        ("c_infinity", "double precision", "'-Infinity'", .init(value: "-Infinity", query: "c_infinity")),
        ("c_boolean", "boolean", "true", .init(value: "true")),
        ("c_numeric", "numeric(12,2)", "1234567890.12", .init(value: "1234567890.12", query: "c_numeric")),
        ("c_big", "numeric(38,18)", "1.000000000000000001", .init(value: "1.000000000000000001", query: "c_big")),
        ("c_free", "numeric", "1e100", .init(value: "1" + String(repeating: "0", count: 100))),
        ("c_money", "numeric", "12.34", .init(value: "12.34", query: "c_money")),
        ("c_varchar", "varchar(20)", "'größer'", .init(value: "größer")),
        ("c_char", "char(3)", "'ab'", .init(value: "ab ")),
        ("c_inet", "inet", "'10.0.0.1/8'", .init(value: "10.0.0.1/8")),
        ("c_bit", "bit(3)", "B'101'", .init(value: "101")),
        ("c_xml", "xml", "'<a>1</a>'", .init(value: "<a>1</a>")),
        ("c_timetz", "timetz", "'10:00:00+02'", .init(value: "10:00:00+02")),
        (
            "c_uuid", "uuid", "'0540740E-63c8-548f-a09f-39e33c9179b5'",
            .init(value: "0540740e-63c8-548f-a09f-39e33c9179b5")
        ),
        ("c_enum", "mood", "'so so'", .init(value: "so so")),
        ("c_domain", "cents", "42", .init(value: "42")),
        ("c_bytea", "bytea", "'\\x00ff'", .init(value: "AP8=", query: "c_bytea")),
        (
            "c_timestamptz", "timestamptz", "'2026-01-02 12:00:00.000007+02'",
            .init(value: "1767348000000007", query: "c_timestamptz")
        ),
        (
            "c_timestamp", "timestamp", "'2026-01-02 10:00:00.5'",
            .init(value: "2026-01-02T10:00:00.500000", query: "c_timestamp")
        ),
        ("c_date", "date", "'9999-12-31'", .init(value: "9999-12-31", query: "c_date")),
        ("c_time", "time", "'23:59:59.999999'", .init(value: "23:59:59.999999", query: "c_time")),
        ("c_json", "json", "'{\"a\":[1]}'", .init(value: "1", query: "JSON_VALUE(c_json, '$.a[0]')")),
        ("c_jsonb", "jsonb", "'{\"a\": \"x\"}'", .init(value: "x", query: "JSON_VALUE(c_jsonb, '$.a')")),
        ("c_text_json", "json", "'[1, 2]'", .init(value: "[1, 2]")),
        (
            "c_interval", "interval", "'14 mons -3 days 01:00:01.5'",
            .init(value: "3601500000", query: "c_interval.micros")
        ),
        ("c_months", "interval", "'1 year 2 mons'", .init(value: "14", query: "c_months.months")),
        ("c_texts", "text[]", "'{a,\"b,c\"}'", .init(value: "b,c", query: "c_texts[OFFSET(1)]")),
        ("c_ints", "bigint[]", "'{1,2,3}'", .init(value: "3", query: "ARRAY_LENGTH(c_ints)")),
        ("c_nulls", "text[]", "'{a,NULL}'", .init(value: "2", query: "ARRAY_LENGTH(c_nulls)")),
        ("c_matrix", "int[]", "'{{1,2},{3,4}}'", .init(value: "4", query: "JSON_VALUE(c_matrix, '$[1][1]')")),
        (
            "c_times", "timestamptz[]", "'{2026-01-02 10:00:00+00}'",
            .init(value: "1767348000000000", query: "c_times[OFFSET(0)]")
        ),
        ("c_range", "int4range", "'[1,5)'", .init(value: "5", query: "c_range.upper")),
        (
            "c_tstzrange", "tstzrange", "'[2026-01-02 10:00:00+00,)'",
            .init(value: "1767348000000000", query: "c_tstzrange.lower")
        ),
        ("c_empty", "daterange", "'empty'", .init(value: "true", query: "CAST(c_empty.empty AS STRING)")),
        ("c_point", "point2", "'(1,a)'", .init(value: "a", query: "c_point.y")),
        ("c_point_x", "point2", "'(7,)'", .init(value: "7", query: "CAST(c_point_x.x AS STRING)")),
        ("c_points", "point2[]", "'{\"(1,a)\"}'", .init(value: "a", query: "JSON_VALUE(c_points, '$[0].y')")),
        ("c_point_json", "point2", "'(1,a)'", .init(value: "1", query: "JSON_VALUE(c_point_json, '$.x')")),
        ("c_place", "place", placeLiteral, .init(value: "a, \"b\"", query: "c_place.point.y")),
        ("c_place_price", "place", placeLiteral, .init(value: "12.34", query: "c_place_price.price")),
        ("c_place_bytes", "place", placeLiteral, .init(value: "AP8=", query: "c_place_bytes.bytes")),
        ("c_place_tags", "place", placeLiteral, .init(value: "y", query: "c_place_tags.tags[OFFSET(1)]")),
        ("c_place_at", "place", placeLiteral, .init(value: "1767348000000000", query: "c_place_at.`opens_x20_at`")),
        ("c_place_note", "place", placeLiteral, .init(value: "2", query: "JSON_VALUE(c_place_note.note, '$.n')")),
        ("c_place_wait", "place", placeLiteral, .init(value: "-3", query: "CAST(c_place_wait.wait.days AS STRING)")),
        ("Straße 1", "text", "'x'", .init(value: "x", query: "`Stra_xC3__x9F_e_x20_1`")),
        ("c_search", "tsvector", "'a b'", .init(value: "")),
    ]

    static let settings: BigQuerySettings = {
        var settings = BigQuerySettings()
        settings.tables["every_type"] = BigQuerySettings.TableSettings(
            columns: [
                "c_text_json": .string, "c_point_json": .json, "c_nulls": .records, "c_matrix": .json,
                "c_money": .numeric,
            ])
        return settings
    }()

    static var statements: [String] {
        let list = columns.map { "\"\($0.name)\" \($0.type)" }.joined(separator: ", ")
        return [
            "CREATE TYPE mood AS ENUM ('so so', 'fine')", "CREATE DOMAIN cents AS bigint CHECK (VALUE >= 0)",
            "CREATE TYPE point2 AS (x int, y text)",
            """
            CREATE TYPE place AS (point point2, price numeric(12,2), bytes bytea, tags text[], "opens at" timestamptz, note jsonb,
                wait interval)
            """,
            """
            CREATE TABLE every_type (
                position bigint GENERATED ALWAYS AS IDENTITY, aggregate_id text NOT NULL, version bigint NOT NULL,
                event_id text NOT NULL, type text NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now(), \(list),
                UNIQUE (aggregate_id, version), UNIQUE (aggregate_id, event_id))
            """,
            """
            CREATE FUNCTION announce() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(hashtextextended(TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, 0));
                RETURN NULL;
            END $$
            """,
            "CREATE TRIGGER announce BEFORE INSERT ON every_type FOR EACH STATEMENT EXECUTE FUNCTION announce()",
            """
            INSERT INTO every_type (aggregate_id, version, event_id, type, \(columns.map { "\"\($0.name)\"" }.joined(separator: ", ")))
            VALUES ('a', 1, 'e', 't', \(columns.map(\.value).joined(separator: ", ")))
            """,
            "INSERT INTO every_type (aggregate_id, version, event_id, type) VALUES ('a', 2, 'f', 't')",
        ]
    }

    static var expected: [(name: String, expected: Expected)] {
        columns.filter { $0.name != "c_search" }.map { ($0.name, $0.expected) }
    }
}
