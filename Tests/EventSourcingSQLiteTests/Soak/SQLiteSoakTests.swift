import Foundation
import SQLiteTestSupport
import TestSupport
import Testing

/// SOAK_SECONDS makes it last longer.
@Suite("Several processes on one SQLite file")
struct SQLiteSoakTests {
    private static let writerCount = 4
    private static let minimumKills = 24

    private static var duration: Duration {
        .seconds(ProcessInfo.processInfo.environment["SOAK_SECONDS"].flatMap(Int.init) ?? 30)
    }

    private let folder: TemporaryFolder
    private var path: String { folder.file("events.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func startWriter(_ number: Int) throws -> RunningProcess {
        try .worker(["write", path, folder.path, "writer-\(number)"], folder: folder.path)
    }

    private func startReader(_ kind: EitherStore.Kind) throws -> RunningProcess {
        try .worker(["read", path, folder.path, kind.rawValue], folder: folder.path)
    }

    @Test("lose nothing, save nothing twice and skip nothing, while some of them are killed again and again")
    func killing() async throws {
        var writers = try (0..<Self.writerCount).map(startWriter)
        var readers = try EitherStore.Kind.allCases.map(startReader)
        let end = ContinuousClock.now + Self.duration
        var kills = 0
        while ContinuousClock.now < end || kills < Self.minimumKills {
            try await Task.sleep(for: .milliseconds(.random(in: 50...600)))
            // The others go on, and must not notice.
            let victim = kills % 2
            try await kill(writers[victim])
            writers[victim] = try startWriter(victim)
            kills += 1
            guard kills % 10 == 0 else { continue }
            try await kill(readers[0])
            readers[0] = try startReader(.synchronous)
        }
        try StopSign.writers(of: folder.path).putUp()
        for writer in writers { try await expectSuccess(of: writer) }
        try StopSign.readers(of: folder.path).putUp()
        for reader in readers { try await expectSuccess(of: reader) }
        try await onThread { [kills] in try expectNothingIsLost(kills: kills) }
    }

    private func kill(_ process: RunningProcess) async throws {
        process.kill()
        let outcome = try await process.outcome()
        #expect(outcome.wasKilled, "it ended before it was killed: \(outcome)")
    }

    private func expectSuccess(of process: RunningProcess) async throws {
        let outcome = try await process.outcome()
        #expect(!outcome.wasKilled && outcome.status == 0, "\(outcome)")
    }

    private func expectNothingIsLost(kills: Int) throws {
        let entries = try (0..<Self.writerCount).flatMap { number in
            try SaveJournal.paths(in: folder.path, writer: "writer-\(number)").flatMap(SaveJournal.entries)
        }
        var audit = try SaveAudit(path: path)
        audit.check(entries)
        #expect(audit.complaints == [])
        for kind in EitherStore.Kind.allCases {
            let feed = try SoakFeed.lines(of: SoakFeed.path(in: folder.path, kind: kind))
            // Not compared by the macro, which would print all of it.
            let isSame = feed == audit.feed
            #expect(isSame, "the \(kind) reader was given \(feed.count) events of \(audit.feed.count), or others")
        }
        let inDoubt = entries.count { $0.verdict == nil }
        #expect(inDoubt > 0, "a save was under way when its process was killed")
        if ProcessInfo.processInfo.environment["SOAK_SECONDS"] != nil {
            let again = entries.count { if case .saved(_, _, again: true) = $0.verdict { true } else { false } }
            let refused = entries.count { if case .refused = $0.verdict { true } else { false } }
            print(
                "soak: \(kills) kills, \(entries.count) saves, \(audit.feed.count) events, \(refused) saves refused, "
                    + "\(inDoubt) in doubt after a kill, \(again) of them found to be saved")
        }
    }
}
