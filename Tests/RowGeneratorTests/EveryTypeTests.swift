import EventSourcingPostgres
import EventSourcingSQLite
import EveryTypeCode
import Foundation
import SQLMigrations
import SQLSchema
import TestSupport
import Testing

/// The case `every-type`: a column of every type that has a Swift type, on live databases.
@Suite("Every type comes back as it was, or is refused")
actor EveryTypeTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let postgres: PostgresConnection
    private let sqlite: SQLiteConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        postgres = try PostgresConnection(database.configuration)
        sqlite = try SQLiteConnection(path: ":memory:")
    }

    private func migrate() throws {
        func migrations(_ dialect: Dialect) throws -> [Migration] {
            try Migration.all(embedded: SamplesRow.schema.migrations[dialect] ?? [], dialect: dialect)
        }
        try Migrator(database: postgres, migrations: migrations(.postgres), tool: "test").up()
        try Migrator(database: sqlite, migrations: migrations(.sqlite), tool: "test").up()
    }

    // MARK: Random values

    @Test("2,000 random rows are the same in Swift, in PostgreSQL and in SQLite, whatever the session is set to")
    func random() throws {
        try migrate()
        for setting in [
            "DateStyle = 'German'", "IntervalStyle = 'sql_standard'", "extra_float_digits = -15",
            "bytea_output = 'escape'", "TimeZone = 'Asia/Kathmandu'",
        ] {
            try postgres.execute("SET \(setting)")
        }
        try postgres.execute("BEGIN")
        try sqlite.execute("BEGIN")
        var values = RandomValues(seed: 20_261_125)
        for number in 1...2_000 {
            var row = SamplesRow(random: &values)
            let inPostgres = try postgres.insert(row)
            let inSQLite = try sqlite.insert(row)
            row.id = Int64(number)
            try #require(inPostgres == row, "row \(number)")
            try #require(inSQLite == row, "row \(number)")
        }
        try postgres.execute("COMMIT")
        try sqlite.execute("COMMIT")
        #expect(try postgres.all(SamplesRow.self).sorted { ($0.id ?? 0) < ($1.id ?? 0) } == sqlite.all(SamplesRow.self))
    }

    /// The server has read the texts, and says the same in its own words.
    @Test(
        "What PostgreSQL wrote itself is read",
        arguments: [
            ("a_date", "'0044-03-15 BC'", SamplesRow(aDate: CalendarDate(year: -43, month: 3, day: 15))),
            ("a_date", "'infinity'", SamplesRow(aDate: .infinity)),
            ("a_time", "'24:00'", SamplesRow(aTime: TimeOfDay(hour: 24, minute: 0))),
            ("a_timestamp", "'-infinity'", SamplesRow(aTimestamp: .negativeInfinity)),
            (
                "a_timestamp", "'0001-12-31 23:59:59.999999 BC'",
                SamplesRow(aTimestamp: LocalDateTime(literal: "0001-12-31 23:59:59.999999 BC"))
            ),
            ("a_numeric", "'NaN'", SamplesRow(aNumeric: .nan)),
            ("a_numeric", "'Infinity'", SamplesRow(aNumeric: .infinity)),
            ("a_numeric", "1e-5", SamplesRow(aNumeric: ExactDecimal("0.00001"))),
            ("a_numeric", "-10000.0001", SamplesRow(aNumeric: ExactDecimal("-10000.0001"))),
            ("a_numeric", "100000000", SamplesRow(aNumeric: 100_000_000)),
            (
                "an_interval", "'1 year 2 mons -3 days 04:05:06.7'",
                SamplesRow(anInterval: CalendarInterval(months: 14, days: -3, microseconds: 14_706_700_000))
            ),
            (
                "a_timetz", "'12:00:00-03:30'",
                SamplesRow(
                    aTimetz: TimeOfDay(hour: 12, minute: 0).map { TimeOfDayWithOffset($0, secondsFromUTC: -12_600) })
            ),
            ("an_int4range", "'[1,3]'", SamplesRow(anInt4range: BoundedRange(1..<4))),
            ("texts", "ARRAY['a', NULL, '\"', '{']", SamplesRow(texts: ["a", nil, "\"", "{"])),
            ("texts", "'{}'", SamplesRow(texts: [])),
            ("regions", "'{eu,2nd}'", SamplesRow(regions: [.eu, ._2nd])),
            ("int4ranges", "'{\"[1,2)\",empty}'", SamplesRow(int4ranges: [BoundedRange(1..<2), .empty])),
            ("a_place", "ROW(1, 'a b', NULL)", SamplesRow(aPlace: "(1,\"a b\",)")),
        ])
    func written(_ column: String, _ sql: String, _ expected: SamplesRow) throws {
        try migrate()
        try postgres.execute("INSERT INTO types.samples (\(column)) VALUES (\(sql))")
        var row = try #require(try postgres.all(SamplesRow.self).first)
        row.id = nil
        #expect(row == expected)
        #expect(try postgres.insert(expected).aNumeric?.literal == expected.aNumeric?.literal)
    }

    @Test("NaN of a double comes back from PostgreSQL, and is refused by SQLite, which would make NULL of it")
    func notANumber() throws {
        try migrate()
        let row = SamplesRow(aReal: .nan, aDouble: .nan, doubles: [.nan])
        let stored = try postgres.insert(row)
        #expect(stored.aReal?.isNaN == true && stored.aDouble?.isNaN == true)
        #expect(stored.doubles?.first.flatMap { $0 }?.isNaN == true)
        #expect(throws: DatabaseError.self) { try sqlite.insert(row) }
        #expect(try sqlite.all(SamplesRow.self).isEmpty)
    }

    // MARK: What is refused

    @Test(
        "What a Swift type cannot hold is refused when it is read, with the column",
        arguments: [
            ("a_timestamptz", "'infinity'", "a_timestamptz: expected a finite timestamp"),
            ("integers", "'{{1,2},{3,4}}'", "integers: expected a list of one dimension that begins at 1"),
            ("integers", "'[0:1]={1,2}'", "integers: expected a list of one dimension that begins at 1"),
            ("emails", "'{NULL}'", "emails: expected a list of String without NULL"),
            ("timestamptzs", "'{infinity}'", "timestamptzs: expected a list of"),
        ])
    func refusedWhenRead(_ column: String, _ sql: String, _ message: String) throws {
        try migrate()
        try postgres.execute("INSERT INTO types.samples (\(column)) VALUES (\(sql))")
        let error = try #require(throws: DatabaseError.self) { try postgres.all(SamplesRow.self) }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.code == .unexpectedValue)
    }

    @Test(
        "What a column cannot hold is refused when it is written, and nothing is rounded or cut",
        arguments: [
            SamplesRow(aPrice: ExactDecimal("1.005")), SamplesRow(wholeSeconds: Instant(microsecondsSince1970: 1)),
            SamplesRow(aVarchar: "123456789012345678901"), SamplesRow(words: ["123456789012345678901"]),
            SamplesRow(aDate: CalendarDate(daysSince1970: -2_440_589)), SamplesRow(anEmail: Email(rawValue: "none")),
            SamplesRow(aText: "\0"), SamplesRow(texts: ["\0"]), SamplesRow(aRegion: Region(rawValue: "atlantis")),
            SamplesRow(aPrice: 100_000_000_000),
            SamplesRow(prices: [1, nil, ExactDecimal("1.005")]),
            SamplesRow(anAmount: ExactDecimal("0.\(String(repeating: "1", count: 31))").map(Amount.init(rawValue:))),
            SamplesRow(anInterval: CalendarInterval(microseconds: .min)),
        ])
    func refusedWhenWritten(_ row: SamplesRow) throws {
        try migrate()
        #expect(throws: DatabaseError.self) { try postgres.insert(row) }
        #expect(try postgres.all(SamplesRow.self).isEmpty)
    }

    // MARK: Ordinary tables of SQLite

    @Test("An ordinary table of SQLite is checked when it is read: a value that is none of the type is an error")
    func ordinaryTable() throws {
        try migrate()
        let visit = OldVisitsRow(
            seen: LocalDateTime(literal: "2026-11-25 10:00:00"), price: ExactDecimal("007.10"), isNew: true,
            seconds: 0.5, note: "007", pages: [1, 2], count: 3)
        var stored = try sqlite.insert(visit)
        #expect(stored.id == 1 && stored.price?.literal == "7.10")
        stored.id = nil
        #expect(stored == visit)
        for (column, value) in [
            ("seen", "'tomorrow'"), ("price", "'cheap'"), ("is_new", "2"), ("seconds", "'long'"), ("pages", "'[[1]]'"),
            ("pages", "'[1, null]'"), ("count", "'many'"), ("note", "x'00'"),
        ] {
            try sqlite.execute("DELETE FROM old_visits")
            try sqlite.execute("INSERT INTO old_visits (is_new) VALUES (1)")
            try sqlite.execute("UPDATE old_visits SET \(column) = \(value)")
            let error = try #require(throws: DatabaseError.self, "\(column)") { try sqlite.all(OldVisitsRow.self) }
            #expect(error.message.contains("column \(column)"), "\(error)")
        }
    }

    // MARK: Events

    @Test("Events with such columns are saved and loaded on PostgreSQL, alone and in batches")
    func events() async throws {
        let store = PostgresStore(
            database.configuration, events: SampleEventsTable.self, snapshots: SampleSnapshotsTable.self,
            pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        try await store.initialize()
        var values = RandomValues(seed: 7)
        var expected: [SampleEventsColumns] = []
        for _ in 0..<200 {
            expected.append(
                SampleEventsColumns(
                    amount: values.number(), price: values.maybe { $0.price() }, code: values.maybe { $0.text(5) },
                    tags: values.list { $0.text() },
                    period: values.maybe { $0.range(isDiscrete: false) { $0.instant() } },
                    address: values.maybe { $0.one(of: ["10.0.0.1", "::1"]) }, duration: values.maybe { $0.interval() },
                    region: values.maybe { $0.one(of: Region.knownLabels) }, shape: "abc",
                    dueOn: values.maybe { $0.day() }, payload: values.maybe { $0.json().text },
                    cost: values.maybe { $0.price().literal }))
        }
        func events(_ range: Range<Int>) -> [Event<SampleEventsColumns>] {
            range.map { Event(id: "\($0)", type: "Sampled", source: "/", columns: expected[$0]) }
        }
        try await store.save(events(0..<100), for: "one", expectedVersion: .noStream)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 100..<200 {
                group.addTask { [event = events(number..<number + 1)] in
                    try await store.save(event, for: "stream \(number)", expectedVersion: .noStream)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.load("one").map(\.event.columns) == Array(expected[..<100]))
        for number in 100..<200 {
            #expect(try await store.load("stream \(number)").map(\.event.columns) == [expected[number]])
        }
        // A retry is judged by the same values.
        try await store.save(events(0..<100), for: "one", expectedVersion: .noStream)
        for refused in [
            SampleEventsColumns(amount: 1, code: "123456"),
            SampleEventsColumns(amount: 1, price: ExactDecimal("0.001")),
            SampleEventsColumns(amount: 1, shape: "abcd"), SampleEventsColumns(amount: 1, address: "nowhere"),
        ] {
            await #expect(throws: DatabaseError.self) {
                try await store.save([Event(type: "Sampled", source: "/", columns: refused)], for: "refused")
            }
        }
        #expect(try await store.load("refused").isEmpty)
        await store.close()
    }

    // MARK: Statements of ordinary tables

    @Test("Rows are inserted, changed, found and deleted by their key, with the same code on both databases")
    func rows() throws {
        try migrate()
        let key = StockRow.PrimaryKey(warehouse: "Ghent", item: UUID())
        let row = StockRow(warehouse: key.warehouse, item: key.item, amount: ExactDecimal("1.50") ?? 0)
        var more = row
        more.amount = 3
        more.note = "counted"
        for outcome in [
            try Self.story(
                row, more, key, postgres.insert, postgres.update, postgres.upsert, postgres.find, postgres.delete),
            try Self.story(row, more, key, sqlite.insert, sqlite.update, sqlite.upsert, sqlite.find, sqlite.delete),
        ] {
            #expect(outcome == [nil, row, row, more, more, more, row, row, nil, nil, row])
        }
        #expect(
            try postgres.all(StockByItemRow.self) == [
                StockByItemRow(item: key.item, amount: row.amount, warehouses: ["Ghent"])
            ])
        // A number that the database counts: found and changed by it, and never inserted.
        for (insert, update) in [
            (
                postgres.insert as (SamplesRow) throws -> SamplesRow,
                postgres.update as (SamplesRow) throws -> SamplesRow?
            ),
            (sqlite.insert, sqlite.update),
        ] {
            var sample = try insert(SamplesRow(id: 70, aText: "a"))
            #expect(sample.id == 1 && SamplesRow.statements[.postgres]?.upsert == nil)
            sample.aText = "b"
            #expect(try update(sample) == sample)
            sample.id = 2
            #expect(try update(sample) == nil)
        }
        // A key and nothing else: there is nothing to change.
        for upsert in [postgres.upsert as (TagsRow) throws -> TagsRow, sqlite.upsert] {
            #expect(try upsert(TagsRow(name: "x")) == TagsRow(name: "x"))
            #expect(try upsert(TagsRow(name: "x")) == TagsRow(name: "x"))
        }
        let error = try #require(throws: DatabaseError.self) { try sqlite.update(TagsRow(name: "x")) }
        #expect(error.message.contains("TagsRow has no key by which its rows could be changed"))
    }

    private static func story(
        _ row: StockRow, _ more: StockRow, _ key: StockRow.PrimaryKey, _ insert: (StockRow) throws -> StockRow,
        _ update: (StockRow) throws -> StockRow?, _ upsert: (StockRow) throws -> StockRow,
        _ find: (StockRow.Type, StockRow.PrimaryKey) throws -> StockRow?,
        _ delete: (StockRow.Type, StockRow.PrimaryKey) throws -> Bool
    ) throws -> [StockRow?] {
        var outcome = [try update(row), try insert(row), try find(StockRow.self, key)]
        outcome += [try update(more), try find(StockRow.self, key), try upsert(more), try upsert(row)]
        outcome.append(try find(StockRow.self, key))
        #expect(try delete(StockRow.self, key))
        #expect(try !delete(StockRow.self, key))
        outcome += [try find(StockRow.self, key), try update(row), try upsert(row)]
        return outcome
    }
}
