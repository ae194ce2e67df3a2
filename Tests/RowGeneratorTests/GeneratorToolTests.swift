import Foundation
import RowGenerator
import SQLSchema
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The executable that the plugin runs, as a process of its own.
@Suite("The tool that the plugin runs")
struct GeneratorToolTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let executable = BuildFolder.url.appending(path: "row-generator").path

    private func generate(_ more: String...) async throws -> FinishedCommand {
        try await generate(more)
    }

    private func generate(_ more: [String]) async throws -> FinishedCommand {
        try await FinishedCommand(
            Self.executable,
            [
                "--snapshot", folder.file("schema.json"), "--display", "schema/schema.json", "--output",
                folder.file("out"),
            ] + more)
    }

    @Test("A snapshot that is missing, broken, newer or wrong is an error with its line and column, and writes nothing")
    func mistakes() async throws {
        let missing = try await generate()
        #expect(
            missing.errors.hasPrefix(
                "schema/schema.json:1:1: error: there is no schema snapshot; make one from the migrations: "
                    + "event-store schema dump"))
        for (text, message) in [
            ("{\n  \"format\": 1,\n", "schema/schema.json:3:1: error: this is not JSON: the text ends too early"),
            ("{\"format\": 2}", "schema/schema.json:1:12: error: format 2 was written by a newer version"),
            (
                "{\"format\": 1, \"sqlite\": {\n  \"table\": []}}",
                "schema/schema.json:2:3: error: 'sqlite' has no member"
            ),
        ] {
            try folder.write(text, to: "schema.json")
            let refused = try await generate()
            #expect(refused.status == 1 && refused.errors.hasPrefix(message), "\(refused)")
        }
        try folder.write("{\"format\": 1}", to: "schema.json")
        try folder.write("{\n  \"acess\": \"public\"}", to: "row-mappers.json")
        let unknown = try await generate(
            "--target-overrides", folder.file("row-mappers.json"), "--target-display", "Sources/Shop/row-mappers.json")
        #expect(
            unknown.errors.hasPrefix(
                "Sources/Shop/row-mappers.json:2:3: error: an override file has no member 'acess'; it can have access"))
        #expect(!folder.exists("out"))
        #expect(try await generate("--nonsense").status == 2)
    }

    @Test("A file that is right already keeps its time, so that nothing is compiled again")
    func unchanged() async throws {
        try folder.write(try Data(contentsOf: Checkout.folder.appending(path: "schema/schema.json")), to: "schema.json")
        #expect(try await generate().status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("out"))
        let past = Date(timeIntervalSince1970: 1_000_000_000)
        for name in names {
            try FileManager.default.setAttributes(
                [.modificationDate: past], ofItemAtPath: folder.file("out/\(name)"))
        }
        #expect(try await generate().status == 0)
        #expect(names.count == 18)
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("out/\(name)"))
            #expect(attributes[.modificationDate] as? Date == past, "\(name)")
        }
    }

    @Test("A query that the snapshot does not know as it is stops the build where it stands")
    func staleQueries() async throws {
        let golden = Checkout.folder.appending(path: "Tests/RowGeneratorTests/Cases/queries")
        try folder.write(try Data(contentsOf: golden.appending(path: "schema.json")), to: "schema.json")
        try folder.write(try Data(contentsOf: golden.appending(path: "overrides.json")), to: "overrides.json")
        let name = "Sources/Shop/queries/orders.sql"
        let text = String(decoding: try Data(contentsOf: golden.appending(path: name)), as: UTF8.self)
        // A package that lies below a folder of the target's name is one all the same.
        let place = "Sources/Shop/queries/package/\(name)"
        let path = try folder.write(text, to: place)
        let arguments = [
            "--overrides", folder.file("overrides.json"), "--target", "Sources/Shop", "--query-file", path,
        ]
        let fresh = try await generate(arguments)
        #expect(fresh.status == 0, "\(fresh)")
        try folder.write(
            text.replacing("count(*)", with: "count(id)").replacing("EveryID", with: "EachID"), to: place)
        let stale = try await generate(arguments)
        #expect(
            stale.errors.split(separator: "\n") == [
                "\(name):12:1: error: 'OrderCount' has changed since the schema was dumped; run: event-store schema dump",
                "\(name):30:1: error: 'RegionCounts' has changed since the schema was dumped; run: event-store schema dump",
                "\(name):34:1: error: 'EachID' is not in the schema snapshot; run: event-store schema dump",
            ], "\(stale)")
    }

    /// Measured in the time of this thread, which nobody else uses; the tool does nothing else but read and write files.
    @Test("200 tables are generated in less than a second, in a debug build")
    func speed() throws {
        let types = [
            "text", "uuid", "timestamp with time zone", "numeric(10,2)", "text[]", "jsonb", "boolean", "integer",
            "date",
            "character varying(20)",
        ]
        let tables = (0..<200).map { number in
            Table(
                name: RelationName(schema: "shop", "table_\(number)"),
                columns: types.enumerated().map { index, type in
                    Column(name: "column_\(index)", type: type, isNullable: index > 0)
                },
                primaryKey: ["column_0"], definition: "")
        }
        let snapshot = SchemaSnapshot(dialects: [
            .postgres: DialectSnapshot(catalog: Catalog(tables: tables), migrations: [])
        ])
        let bytes = snapshot.encoded()
        let start = threadTime()
        let files = try RowGenerator.files(for: SnapshotFile(bytes, path: "schema.json"), overrides: .none)
        let duration = threadTime() - start
        #expect(files.map(\.text.count).reduce(0, +) > 200_000)
        #expect(duration < 1_000_000_000, "\(duration / 1_000_000) ms")
    }

    private func threadTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
}
