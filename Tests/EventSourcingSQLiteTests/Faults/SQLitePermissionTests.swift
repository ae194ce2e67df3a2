import EventSourcingSQLite
import Foundation
import SQLiteTestSupport
import TestSupport
import Testing

/// Permissions do not bind root, so that a process of another user tries: nobody, unless the tests run as somebody else.
@Suite("A SQLite store that lacks permissions")
struct SQLitePermissionTests {
    /// What is not permitted, and what becomes of it.
    struct Lack: Sendable, CustomTestStringConvertible {
        let name: String
        /// The permissions of files, by their names behind that of the database; the folder is called "/".
        let permissions: [String: Int]
        /// What the calls throw; those before the last one throw nothing.
        let error: (call: String, kind: String)
        let advice: String

        var testDescription: String { name }
    }

    static let lacks = [
        Lack(
            name: "to write to the file", permissions: ["": 0o444], error: ("save", "DatabaseError.readOnly"),
            advice: "this user may not write to the file; nothing was written: change its permissions, or the user"),
        Lack(
            name: "to write to the folder", permissions: ["/": 0o555], error: ("initialize", "DatabaseError.readOnly"),
            advice: "where the database keeps its -wal and -shm; nothing was written: change its permissions"),
        Lack(
            name: "to read the file", permissions: ["": 0], error: ("initialize", "DatabaseError.cannotOpen"),
            advice: "this user may not read the file: change its permissions, or the user"),
        Lack(
            name: "to read the WAL", permissions: ["-wal": 0], error: ("initialize", "DatabaseError.cannotOpen"),
            advice: "events.db-wal belongs to the database and cannot be opened: make it a file that this user may read"
        ),
        Lack(
            name: "to use shared memory", permissions: ["-wal": 0o644, "-shm": 0],
            error: ("initialize", "DatabaseError.cannotOpen"),
            advice: "events.db-shm belongs to the database and cannot be opened"),
    ]

    private let folder: TemporaryFolder
    private let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(folder, "place/events.db")
    }

    private var place: String { folder.file("place") }

    private func attempts(_ path: String, _ kind: EitherStore.Kind, _ policy: String) async throws -> [Attempt] {
        let process = try RunningProcess.worker(
            ["attempt", path, kind.rawValue, policy, "nobody"], folder: folder.path)
        let outcome = try await process.outcome()
        try #require(outcome.status == 0, "\(outcome)")
        return try outcome.lines.map { try #require(Attempt(line: $0)) }
    }

    /// Gives the files to nobody when the tests run as root.
    private func set(_ permissions: [String: Int]) throws {
        for (suffix, _) in permissions where suffix.hasPrefix("-") {
            try Data().write(to: URL(fileURLWithPath: database.path + suffix))
        }
        var attributes: [FileAttributeKey: Any] = [:]
        if geteuid() == 0 { attributes = [.ownerAccountID: 65534] }
        let names = try FileManager.default.contentsOfDirectory(atPath: place)
        for name in names { try FileManager.default.setAttributes(attributes, ofItemAtPath: "\(place)/\(name)") }
        try FileManager.default.setAttributes(attributes, ofItemAtPath: place)
        for (suffix, permission) in permissions {
            let path = suffix == "/" ? place : database.path + suffix
            try FileManager.default.setAttributes([.posixPermissions: permission], ofItemAtPath: path)
        }
    }

    private func restore() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place)
        for name in try FileManager.default.contentsOfDirectory(atPath: place) {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(place)/\(name)")
        }
    }

    @Test(
        "says which, and loses nothing", arguments: lacks,
        EitherStore.Kind.allCases.flatMap { kind in ["apply", "verify"].map { (kind, $0) } })
    func lacking(lack: Lack, user: (kind: EitherStore.Kind, policy: String)) async throws {
        try set(lack.permissions)
        let attempts = try await attempts(database.path, user.kind, user.policy)
        try restore()
        let failed = try #require(attempts.last)
        #expect(attempts.dropLast().allSatisfy { $0.error == nil })
        #expect(failed.call == lack.error.call)
        #expect(failed.error == lack.error.kind)
        #expect(failed.text.hasPrefix(database.path))
        #expect(failed.text.contains(lack.advice), "\(failed.text)")
        #expect(!failed.text.contains("INSERT"), "the statement is not to blame")
        if let load = attempts.first(where: { $0.call == "load" }) { #expect(load.text == "kept") }
        #expect(try database.events() == ["kept"])
    }

    @Test("creates no file where it may not", arguments: EitherStore.Kind.allCases)
    func creating(kind: EitherStore.Kind) async throws {
        try set(["/": 0o555])
        let attempts = try await attempts("\(place)/new.db", kind, "apply")
        try restore()
        #expect(attempts.map(\.error) == ["DatabaseError.cannotOpen"])
        #expect(attempts[0].text.contains("this user may not create a file in \(place): change its permissions"))
        #expect(!folder.exists("place/new.db"))
    }

    @Test(
        "says that the file system is mounted read-only",
        .enabled("mounting needs root, or namespaces for ordinary users", PrivateMount.isPossible),
        arguments: EitherStore.Kind.allCases, ["events.db", "new.db"])
    func readOnlyFileSystem(kind: EitherStore.Kind, name: String) async throws {
        let process = try PrivateMount.start(
            #"mount --bind "$place" "$place"; mount -o remount,bind,ro "$place"; "$@""#, on: place,
            worker: ["attempt", "\(place)/\(name)", kind.rawValue, "apply"], folder: folder.path)
        let outcome = try await process.outcome()
        let attempt = try #require(outcome.lines.first.flatMap(Attempt.init), "\(outcome)")
        #expect(attempt.error == "DatabaseError.cannotOpen")
        #expect(attempt.text.contains("(its file system is mounted read-only)"), "\(attempt.text)")
        #expect(try database.events() == ["kept"])
    }
}
