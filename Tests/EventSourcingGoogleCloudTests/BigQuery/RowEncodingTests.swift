import EventSourcing
import EventSourcingSQLite
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

@Suite("Rows as lines for BigQuery")
struct RowEncodingTests {
    private func field(
        _ type: BigQueryType, mode: BigQueryField.Mode = .nullable, precision: Int? = nil, scale: Int? = nil,
        fields: [BigQueryField] = []
    ) -> BigQueryField {
        BigQueryField(name: "v", type: type, mode: mode, precision: precision, scale: scale, fields: fields)
    }

    /// The value in a line, made of a row of SQLite.
    private func value(_ expression: String, as field: BigQueryField) throws -> String {
        let connection = try SQLiteConnection(path: ":memory:")
        let recipe = BatchRecipe(
            table: "(SELECT 1 AS position, 'a' AS aggregate_id, 'e' AS event_id)",
            columns: [BatchRecipe.Column(column: "v", expression: expression, field: field)])
        let statement = try connection.prepare(recipe.selection)
        var parameters = statement.parameters()
        for (index, value) in [0, 9, -1].enumerated() { try parameters.write(Int64(value), at: index) }
        let encoder = RowEncoder(recipe)
        var line: [UInt8] = []
        try statement.forEach { row in
            try encoder.append(row, to: &line)
            return true
        }
        let text = String(decoding: line, as: UTF8.self)
        #expect(text.hasSuffix("}\n"))
        return text.hasPrefix("{\"v\":") ? String(text.dropFirst(5).dropLast(2)) : String(text.dropLast())
    }

    private func problem(_ expression: String, as field: BigQueryField) -> String? {
        do {
            _ = try value(expression, as: field)
            return nil
        } catch {
            return (error as? ValueProblem).map { $0.column == "v" ? $0.reason : "without its column" }
        }
    }

    @Test("Every scalar has the form that BigQuery reads without a loss")
    func scalars() throws {
        #expect(try value("9223372036854775807", as: field(.integer)) == "\"9223372036854775807\"")
        #expect(try value("-9223372036854775807 - 1", as: field(.integer)) == "\"-9223372036854775808\"")
        #expect(try value("0.1", as: field(.float)) == "0.1")
        #expect(try value("1e999", as: field(.float)) == "\"Infinity\"")
        #expect(try value("1", as: field(.boolean)) == "true")
        #expect(try value("x'00ff10'", as: field(.bytes)) == "\"AP8Q\"")
        #expect(try value("x'00ff'", as: field(.bytes)) == "\"AP8=\"")
        #expect(try value("x'00'", as: field(.bytes)) == "\"AA==\"")
        #expect(try value("x''", as: field(.bytes)) == "\"\"")
        #expect(try value("NULL", as: field(.string)) == "{}")
        #expect(
            try value("char(34, 92, 10, 13, 9, 1, 31, 228)", as: field(.string)) == #""\"\\\n\r\t\u0001\u001fä""#)
    }

    @Test(
        "Times have all their microseconds, from the year 1 to 9999",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (1_709_164_800_000_007, "2024-02-29T00:00:00.000007Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ])
    func timestamps(microseconds: Int, text: String) throws {
        #expect(try value("\(microseconds)", as: field(.timestamp)) == "\"\(text)\"")
    }

    @Test("A time agrees with the one that Swift writes")
    func manyTimestamps() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<20_000 {
            let microseconds = Int64.random(in: JSONBytes.timestamps, using: &random)
            var line: [UInt8] = []
            try JSONBytes.append(microseconds: microseconds, to: &line)
            let text = String(decoding: line.dropFirst().dropLast(), as: UTF8.self)
            #expect(Instant(text)?.microsecondsSince1970 == microseconds, "\(text)")
        }
    }

    @Test("What BigQuery cannot hold is refused with its column, and never clamped")
    func problems() {
        let cases: [(String, BigQueryField)] = [
            ("-62135596800000001", field(.timestamp)), ("253402300800000000", field(.timestamp)),
            ("'NaN'", field(.numeric)), ("'Infinity'", field(.bigNumeric)),
            ("'123.456'", field(.numeric, precision: 5, scale: 2)),
            ("'1234.5'", field(.numeric, precision: 5, scale: 2)),
            ("'0.0000000001'", field(.numeric)), ("'1\(String(repeating: "0", count: 29))'", field(.numeric)),
            ("'infinity'", field(.date)), ("'0044-03-15 BC'", field(.date)), ("'10000-01-01'", field(.date)),
            ("'0000-01-01'", field(.date)), ("'24:00:00'", field(.time)), ("'infinity'", field(.dateTime)),
            ("'0044-03-15 10:00:00 BC'", field(.dateTime)), ("2", field(.boolean)), ("'x'", field(.integer)),
            ("1.5", field(.integer)), ("'1E400'", field(.json)),
            ("'12345678901234567890.12345678901234567890'", field(.json)), ("'  '", field(.json)),
            ("'[\"a\",null]'", field(.string, mode: .repeated)), ("'[[1]]'", field(.integer, mode: .repeated)),
        ]
        for (expression, field) in cases {
            let reason = problem(expression, as: field)
            #expect(reason != nil && reason != "without its column", "\(expression) as \(field.sqlType)")
        }
    }

    @Test("Decimal numbers that fit are texts, whatever zeros they have")
    func numbers() throws {
        #expect(try value("'123.4500'", as: field(.numeric, precision: 5, scale: 2)) == "\"123.4500\"")
        #expect(try value("'-0.000000001'", as: field(.numeric)) == "\"-0.000000001\"")
        let large = String(repeating: "9", count: 38) + "." + String(repeating: "9", count: 38)
        #expect(try value("'\(large)'", as: field(.bigNumeric)) == "\"\(large)\"")
    }

    @Test("JSON stays as it is, on one line, unless a number would become another")
    func json() throws {
        #expect(
            try value("'{\"b\":1,'||char(10)||'\"a\" : [1.10, 2e3]}'", as: field(.json))
                == #"{"b":1, "a" : [1.10, 2e3]}"#)
        #expect(try value(#"'"\u00e9\\n \"1E400\""'"#, as: field(.json)) == #""\u00e9\\n \"1E400\"""#)
        #expect(
            try value("'[0.1234567890123456, 18446744073709551615, -9223372036854775808]'", as: field(.json))
                == "[0.1234567890123456, 18446744073709551615, -9223372036854775808]")
    }

    @Test("Dates, times, lists and records")
    func others() throws {
        #expect(try value("'2026-01-02'", as: field(.date)) == "\"2026-01-02\"")
        #expect(try value("'23:59:59.999999'", as: field(.time)) == "\"23:59:59.999999\"")
        #expect(try value("'2026-01-02 10:00:00.000007'", as: field(.dateTime)) == "\"2026-01-02T10:00:00.000007\"")
        #expect(try value("'2026-01-02 10:00:00+00'", as: field(.timestamp)) == "\"2026-01-02T10:00:00.000000Z\"")
        #expect(try value("'[\"1\",\"2\"]'", as: field(.integer, mode: .repeated)) == #"["1","2"]"#)
        #expect(try value(#"'["\\x00ff"]'"#, as: field(.bytes, mode: .repeated)) == #"["AP8="]"#)
        let wrapped = field(
            .record, mode: .repeated, fields: [BigQueryField(name: "value", type: .string)])
        #expect(try value("'[\"a\",null]'", as: wrapped) == #"[{"value":"a"},{"value":null}]"#)
        let interval = field(
            .record, fields: ["months", "days", "micros"].map { BigQueryField(name: $0, type: .integer) })
        #expect(
            try value("'+14 mons -3 days +00:00:01.5'", as: interval)
                == #"{"months":"14","days":"-3","micros":"1500000"}"#)
        #expect(
            try value(#"'{"months":"14","days":null,"micros":"5"}'"#, as: interval)
                == #"{"months":"14","micros":"5"}"#)
    }

    @Test("A batch knows its parts, its checksum, and the event of each byte")
    func batches() {
        var batch = EncodedBatch()
        let line = Array(repeating: UInt8(ascii: "x"), count: 999_999) + [UInt8(ascii: "\n")]
        for position in 1...12 {
            batch.append(line, position: position * 10)
        }
        batch.reject(
            EncodedBatch.EventName(position: 125, aggregateID: "a", eventID: "bad"), ValueProblem("no"))
        #expect(batch.byteCount == 12_000_000 && batch.eventCount == 12 && batch.lastPosition == 125)
        #expect(batch.parts.map(\.count) == [4 << 20, 4 << 20, 12_000_000 - (8 << 20)])
        #expect(batch.content.count == 12_000_000)
        #expect(batch.position(ofByte: 0) == 10 && batch.position(ofByte: 999_999) == 10)
        #expect(batch.position(ofByte: 1_000_000) == 20 && batch.position(ofByte: 11_999_999) == 120)
        #expect(batch.position(ofByte: 12_000_000) == nil)
        #expect(batch.portion(from: (4 << 20) + 256).count == (4 << 20) - 256)
        #expect(batch.portion(from: 12_000_000).isEmpty)
        #expect(batch.checksum.count == 63)
        #expect(batch.rejections.map(\.event.eventID) == ["bad"])
    }

    @Test("What a batch is read with can be kept as a text")
    func recipes() {
        let recipe = BatchRecipe(
            table: "\"s\".\"t\"",
            columns: [
                BatchRecipe.Column(
                    column: "a\"b", expression: "\"a\"\"b\"::text",
                    field: field(.record, mode: .repeated, fields: [field(.numeric, precision: 5, scale: 2)]))
            ], usesStaging: true)
        #expect(BatchRecipe(text: recipe.text) == recipe)
        #expect(BatchRecipe(text: "{}") == nil)
    }

    @Test("A batch that is not full waits for its age, the interval and the day's jobs")
    func limits() {
        let limits = BatchLimits()
        let now = Instant(microsecondsSince1970: 10_000_000_000)
        let old = Instant(microsecondsSince1970: now.microsecondsSince1970 - 300_000_000)
        let young = Instant(microsecondsSince1970: now.microsecondsSince1970 - 1_000_000)
        let last = Instant(microsecondsSince1970: now.microsecondsSince1970 - 20_000_000)
        #expect(limits.pause(waiting: 50_000, oldest: young, last: now, jobsToday: 0, now: now) == nil)
        #expect(limits.pause(waiting: 1, oldest: old, last: nil, jobsToday: 0, now: now) == nil)
        #expect(limits.pause(waiting: 1, oldest: old, last: last, jobsToday: 0, now: now) == .seconds(40))
        #expect(limits.pause(waiting: 1, oldest: young, last: nil, jobsToday: 0, now: now) == .seconds(299))
        #expect(limits.pause(waiting: 50_000, oldest: old, last: nil, jobsToday: 1400, now: now) == .seconds(60))
    }
}
