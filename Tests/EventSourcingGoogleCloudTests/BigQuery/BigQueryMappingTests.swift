import EventSourcingSQLite
import Foundation
import SQLSchema
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

@Suite("Events tables in BigQuery")
struct BigQueryMappingTests {
    private static let standard = """
        position INTEGER PRIMARY KEY AUTOINCREMENT, aggregate_id TEXT NOT NULL, version INTEGER NOT NULL,
        event_id TEXT NOT NULL, type TEXT NOT NULL, source TEXT NOT NULL, subject TEXT, data TEXT, data_binary BLOB,
        datacontenttype TEXT, dataschema TEXT, specversion TEXT NOT NULL, extensions TEXT, correlation_id TEXT,
        causation_id TEXT, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL
        """

    /// The mappings of a database of SQLite.
    private func mappings(
        _ columns: String, settings: String = "{}", overrides: String = "{}", name: String = "events"
    ) throws -> [BigQueryMapping] {
        let connection = try SQLiteConnection(path: ":memory:")
        try connection.execute(
            """
            CREATE TABLE "\(name)" (\(Self.standard)\(columns),
                UNIQUE (aggregate_id, version), UNIQUE (aggregate_id, event_id))
            """)
        let catalog = try connection.catalog()
        let snapshot = SchemaSnapshot(dialects: [.sqlite: DialectSnapshot(catalog: catalog, migrations: [])])
        return try BigQueryMapper(
            catalogs: [.sqlite: catalog],
            overrides: try OverrideFile(Array(overrides.utf8), path: "overrides.json", for: snapshot),
            settings: try BigQuerySettings(Array(settings.utf8), path: "bigquery.json")
        ).mappings()
    }

    @Test("The standard table is partitioned by day and clustered by stream, and its envelope must be there")
    func standardTable() throws {
        let mapping = try #require(try mappings("").first)
        let fields = Dictionary(uniqueKeysWithValues: mapping.table.fields.map { ($0.name, $0) })
        #expect(mapping.table.fields.count == 17)
        #expect(fields["recorded_at"]?.type == .timestamp && fields["occurred_at"]?.type == .timestamp)
        #expect(fields["data"]?.type == .json && fields["extensions"]?.type == .json)
        #expect(fields["data_binary"]?.type == .bytes)
        let required = mapping.table.fields.filter { $0.mode == .required }.map(\.name)
        #expect(required == ["position", "aggregate_id", "version", "event_id", "type", "recorded_at"])
        #expect(mapping.table.partitioning == BigQueryPartitioning(column: "recorded_at", unit: .day))
        #expect(mapping.table.clustering == ["aggregate_id"])
        let ddl = mapping.ddl(name: "p.d.events")
        #expect(ddl.hasPrefix("CREATE TABLE `p.d.events` (\n  `position` INT64 NOT NULL,\n"))
        #expect(ddl.contains("PRIMARY KEY (`aggregate_id`, `version`) NOT ENFORCED"))
        #expect(ddl.hasSuffix("PARTITION BY DATE(`recorded_at`)\nCLUSTER BY `aggregate_id`;\n"))
    }

    @Test("The fields of a composite are read from the statement that creates it")
    func composites() {
        let composite = CompositeType(
            definition:
                #"CREATE TYPE shop."Odd ( name" AS ("a, b" numeric(10,2), c character varying(3)[], "d""e" "O"."T x")"#)
        #expect(
            composite?.attributes == [
                .init(name: "a, b", type: "numeric(10,2)"), .init(name: "c", type: "character varying(3)[]"),
                .init(name: "d\"e", type: #""O"."T x""#),
            ])
        #expect(CompositeType(definition: "CREATE TYPE spans AS RANGE (SUBTYPE = integer)") == nil)
        #expect(CompositeType(definition: "CREATE TYPE nothing AS ()")?.attributes == [])
    }

    @Test("A team's columns follow the override file, what is declared, and what somebody says")
    func ownColumns() throws {
        let mapping = try #require(
            try mappings(
                """
                , region TEXT, due_at INTEGER, price TEXT, paid BOOLEAN, amount NUMERIC, tags TEXT, tenant BLOB,
                secret TEXT, "2nd" TEXT, raw ANY
                """,
                settings: """
                    {"tables": {"events": {"clusterBy": ["region", "type"], "partitionUnit": "MONTH",
                      "labels": {"team": "a"}, "columns": {"price": "NUMERIC", "secret": "SKIP", "raw": "STRING"}}}}
                    """,
                overrides: """
                    {"columns": {"events.due_at": "instant", "events.tags": "string[]"}}
                    """
            ).first)
        let types = Dictionary(uniqueKeysWithValues: mapping.table.fields.map { ($0.name, $0.sqlType) })
        #expect(types["region"] == "STRING" && types["due_at"] == "TIMESTAMP" && types["price"] == "NUMERIC")
        #expect(types["paid"] == "BOOL" && types["amount"] == "NUMERIC" && types["tags"] == "ARRAY<STRING>")
        #expect(types["secret"] == nil && types["tenant"] == "BYTES" && types["raw"] == "STRING")
        #expect(mapping.table.fields.first { $0.name == "_x32_nd" }?.description == #"the column "2nd""#)
        #expect(mapping.table.clustering == ["region", "type"] && mapping.table.labels == ["team": "a"])
        #expect(mapping.ddl(name: "a.b.c").contains("TIMESTAMP_TRUNC(`recorded_at`, MONTH)"))
    }

    @Test(
        "What has no counterpart is refused with its column",
        arguments: [
            (", v ANY", "{}", "events.v: SQLite's type 'ANY'"),
            ("", #"{"tables": {"events": {"clusterBy": ["data"]}}}"#, "cannot be clustered by 'data'"),
            ("", #"{"tables": {"events": {"partitionBy": "type"}}}"#, "'type' is STRING"),
            ("", #"{"tables": {"events": {"columns": {"nope": "SKIP"}}}}"#, "the column 'nope'"),
            ("", #"{"tables": {"events": {"columns": {"data": "TEXT"}}}}"#, "'data' must be one of STRING, JSON"),
            ("", #"{"tables": {"events": {"cluster": []}}}"#, "has no member 'cluster'"),
        ])
    func refusals(columns: String, settings: String, message: String) throws {
        let error = #expect(throws: BigQuerySchemaError.self) { try mappings(columns, settings: settings) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "nothing")")
    }

    @Test("Columns that differ in case alone are refused")
    func collisions() {
        let columns = ["Total", "total", "other"].map { name in
            BigQueryMapping.Column(
                column: name, field: BigQueryField(name: BigQueryName.name(of: name), type: .string), expressions: [:])
        }
        let problems = BigQueryMapper.collisions(columns, in: "events")
        #expect(problems.count == 1 && problems[0].contains("'Total' and 'total' are one column in BigQuery"))
    }

    @Test("Both dialects give one table, by PostgreSQL's types, which SQLite's values are read for")
    func bothDialects() throws {
        let catalogs = try standardCatalogs()
        let mapping = try #require(
            try BigQueryMapper(catalogs: catalogs, overrides: .none, settings: .none).mappings().first)
        #expect(mapping.relations.keys.sorted() == [.postgres, .sqlite])
        #expect(mapping.columns.allSatisfy { $0.expressions.count == 2 })
        #expect(try BatchRecipe(mapping, in: .sqlite).columns.map(\.expression).contains(#""recorded_at""#))
        #expect(try BatchRecipe(mapping, in: .postgres).columns.map(\.expression).contains(#""source""#))
    }

    /// What the snapshot of this package has.
    private func standardCatalogs() throws -> [Dialect: Catalog] {
        let path = "\(Checkout.folder.path)/schema/schema.json"
        let bytes = try #require(FileManager.default.contents(atPath: path))
        return try SnapshotFile(Array(bytes), path: path).snapshot.dialects.mapValues(\.catalog)
    }
}
