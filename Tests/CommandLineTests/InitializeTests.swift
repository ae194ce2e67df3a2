import Foundation
import TestSupport
import Testing

@Suite("A package to begin with")
struct InitializeTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func files(in folder: String) throws -> [String] {
        let path = place.folder.file(folder)
        return try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try place.folder.data(of: path), as: UTF8.self)
    }

    @Test("It has the standard migrations, their snapshot, a program and a workflow, and nothing else")
    func sqlite() async throws {
        let outcome = try await place.run("init", "Shop", on: nil)
        let standard = try FileManager.default.contentsOfDirectory(
            atPath: Checkout.folder.appending(path: "migrations/sqlite").path
        ).sorted()
        let expected =
            [".github/workflows/ci.yml", ".gitignore", "Package.swift", "Sources/Shop/main.swift"]
            + standard.map { "migrations/sqlite/\($0)" } + ["schema/schema.json", "schema/sqlite.sql"]
        #expect(try files(in: "Shop") == expected)
        #expect(outcome.lines.dropLast().map { $0.replacing("wrote     Shop/", with: "") }.sorted() == expected)
        #expect(outcome.lines.last == "run it: cd Shop && swift run Shop")
        #expect(
            try text("Shop/schema/sqlite.sql") == Checkout.read("schema/sqlite.sql"),
            "the standard migrations give another schema")

        // What its workflow runs.
        let check = try await place.tool.run(
            ["schema", "check"], currentDirectory: place.folder.file("Shop"))
        #expect(check.exitCode == 0, "\(check)")
        let lint = try await place.tool.run(["migrate", "lint"], currentDirectory: place.folder.file("Shop"))
        #expect(lint.exitCode == 0, "\(lint)")
    }

    @Test("With PostgreSQL, the migrations and the snapshot are of both, and the program is for the first")
    func postgres() async throws {
        try await place.run(
            "init", "--name", "Orders", "--dialect", "postgres", "--dialect", "sqlite", "--package", "/a \"b\"", "x y",
            on: nil)
        let files = try files(in: "x y")
        #expect(files.contains("schema/postgres.sql") && files.contains("schema/sqlite.sql"))
        #expect(try text("x y/schema/schema.json") == Checkout.read("schema/schema.json"))
        let manifest = try text("x y/Package.swift")
        #expect(manifest.contains(#"path: "/a \"b\"", traits: ["Postgres"]"#), "\(manifest)")
        #expect(try text("x y/Sources/Orders/main.swift").contains("PostgresStore("))
    }

    @Test("The program compiles with what is generated for it", arguments: ["sqlite", "postgres"])
    func program(dialect: String) async throws {
        try await place.run("init", "--dialect", dialect, "--name", "Shop", "Shop", on: nil)
        try await place.run("generate", "--schema", "Shop/schema", "--output", "generated", on: nil)
        let sources = try files(in: "generated").map { place.folder.file("generated/\($0)") }
        let check = try await CompiledModules.check(
            (sources + [place.folder.file("Shop/Sources/Shop/main.swift")]).map { URL(fileURLWithPath: $0) })
        #expect(check.status == 0, "\(check)")
    }

    @Test("Where a file is already, nothing is written, and the error names it")
    func occupied() async throws {
        try place.folder.write("mine", to: "Shop/Package.swift")
        let outcome = try await place.run("init", "Shop", on: nil, exits: 2)
        #expect(outcome.errors.contains("Shop/Package.swift: there already; nothing was written"), "\(outcome)")
        #expect(try files(in: "Shop") == ["Package.swift"])
        #expect(try text("Shop/Package.swift") == "mine")
    }

    @Test("When the snapshot cannot be made, nothing is written")
    func failure() async throws {
        try await place.run(
            "init", "--dialect", "postgres", "--postgres", "postgresql://127.0.0.1:1/x", "Shop", on: nil,
            exits: 3)
        #expect(try files(in: "Shop") == [])
    }

    @Test("A name that is none of a module is refused", arguments: ["1st", "a-b", "Müller", "EventSourcingSQLite"])
    func names(name: String) async throws {
        let outcome = try await place.run("init", "--name", name, "Shop", on: nil, exits: 2)
        #expect(outcome.errors.contains("'\(name)'") && outcome.errors.contains("--name"), "\(outcome)")
        #expect(!FileManager.default.fileExists(atPath: place.folder.file("Shop")))
    }
}
