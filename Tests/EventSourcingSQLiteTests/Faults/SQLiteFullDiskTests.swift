import Foundation
import SQLiteTestSupport
import TestSupport
import Testing

@Suite("A SQLite store that runs out of room")
struct SQLiteFullDiskTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// 4 megabytes are full before the WAL is moved into the database file for the first time, and 12 while it is.
    @Test(
        "on a full disk reports it, keeps part of no save, and goes on when there is room",
        .enabled("mounting needs root, or namespaces for ordinary users", PrivateMount.isPossible),
        arguments: EitherStore.Kind.allCases, [(megabytes: 4, ballast: 1_000_000), (12, 4_500_000)])
    func fullDisk(kind: EitherStore.Kind, disk: (megabytes: Int, ballast: Int)) async throws {
        let place = folder.file("disk")
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        let process = try PrivateMount.start(
            """
            mount -t tmpfs -o size=\(disk.megabytes)m none "$place"
            "$@"
            cp "$place"/events.db* "$place/.."
            """, on: place,
            worker: [
                "fill", "\(place)/events.db", kind.rawValue, folder.file("journal"), "disk", "\(disk.ballast)",
            ], folder: folder.path)
        try await expectNothingIsLost(
            process, advice: "free some space on the file system of \(place); nothing of what failed was kept")
    }

    /// What is there for every user: SQLite calls it an error of the disk.
    @Test(
        "at a limit on the size of files reports it, keeps part of no save, and goes on when the limit is gone",
        arguments: EitherStore.Kind.allCases)
    func limit(kind: EitherStore.Kind) async throws {
        let process = try RunningProcess.worker(
            ["fill", folder.file("events.db"), kind.rawValue, folder.file("journal"), "file", "2000000"],
            folder: folder.path)
        try await expectNothingIsLost(process, advice: "raise the limit on the size of files (ulimit -f)")
    }

    private func expectNothingIsLost(_ process: RunningProcess, advice: String) async throws {
        let outcome = try await process.outcome()
        try #require(outcome.status == 0, "\(outcome)")
        let attempts = try outcome.lines.map { try #require(Attempt(line: $0)) }
        let failures = attempts.filter { $0.call == "save" }
        #expect(failures.count == 6)
        #expect(failures.allSatisfy { $0.error == "DatabaseError.full" && $0.text.contains(advice) }, "\(failures)")
        #expect(attempts.filter { $0.call != "save" }.map(\.error) == Array(repeating: nil, count: 7), "\(attempts)")
        var audit = try SaveAudit(path: folder.file("events.db"))
        let entries = try SaveJournal.entries(of: folder.file("journal"))
        audit.check(entries)
        #expect(audit.complaints == [])
        #expect(entries.count { $0.verdict == .refused(reason: "DatabaseError.full") } == 6)
        #expect(audit.feed.count == (entries.count - 6) * 3)
    }
}
