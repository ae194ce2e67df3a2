import Foundation
import TestSupport
import Testing

@Suite("A check against the programs that are running")
struct SchemaCompatibilityCommandTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    private func git(_ arguments: String...) async throws {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        let finished = try await FinishedCommand("git", ["-C", place.folder.path] + identity + arguments)
        try #require(finished.status == 0, "\(finished.text)")
    }

    @Test("A column that no running program fills is called out, by a revision of Git and by a file")
    func required() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try await place.run("schema", "dump", on: nil)
        try await git("init", "-q")
        try await git("add", "schema")
        try await git("commit", "-q", "-m", "first")
        try place.folder.write(try place.folder.data(of: "schema/schema.json"), to: "released.json")

        try files.write(
            "2_note", "-- migrate:up\nALTER TABLE a ADD COLUMN note TEXT;\nCREATE TABLE b (id INTEGER) STRICT;\n")
        try await place.run("schema", "dump", on: nil)
        let compatible = try await place.run("schema", "check", "--compatible-with", "HEAD", on: nil)
        #expect(
            compatible.lines == [
                "schema is what the migrations give", "a program built from HEAD works on this schema",
            ])

        try files.write(
            "3_tenant", "-- migrate:up\nDROP TABLE a;\nCREATE TABLE a (id INTEGER, tenant TEXT NOT NULL) STRICT;\n")
        let stale = try await place.run("schema", "check", "--compatible-with", "HEAD", on: nil, exits: 1)
        #expect(stale.errors.contains("run: event-store schema dump"))
        try await place.run("schema", "dump", on: nil)
        for earlier in ["HEAD", "released.json"] {
            let refused = try await place.run("schema", "check", "--compatible-with", earlier, on: nil, exits: 1)
            #expect(
                refused.lines.contains(
                    "sqlite: a.tenant: new, and NOT NULL without a default, so that no row can be inserted"),
                "\(refused)")
            #expect(refused.errors.hasPrefix("error: a program built from \(earlier) does not work on this schema"))
        }
        try await place.run("schema", "check", on: nil)
    }

    @Test("What is neither a file nor a revision is told with what Git says")
    func unknown() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try await place.run("schema", "dump", on: nil)
        let noRepository = try await place.run("schema", "check", "--compatible-with", "HEAD", on: nil, exits: 2)
        #expect(noRepository.errors.contains("'HEAD' is no file, and Git does not show it: "), "\(noRepository)")
        try await git("init", "-q")
        let noRevision = try await place.run("schema", "check", "--compatible-with", "v1", on: nil, exits: 2)
        #expect(noRevision.errors.contains("'v1' is no file, and Git does not show it: "), "\(noRevision)")
        try place.folder.write("{}", to: "empty.json")
        let damaged = try await place.run("schema", "check", "--compatible-with", "empty.json", on: nil, exits: 2)
        #expect(damaged.errors.contains("empty.json:1:1: error: a snapshot lacks the member 'format'"), "\(damaged)")
    }
}
