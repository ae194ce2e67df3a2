import Foundation
import SQLMigrations
import SQLSchema
import Testing

@Suite("A folder of migrations")
struct MigrationFolderTests {
    @Test("Files are sorted by version as a number; other files and folders are left alone")
    func order() throws {
        let text = "-- migrate:up\na;"
        try withFolder(["10_b.sql": text, "9_a_c.sql": text, "README.md": "", "x.sql~": ""]) { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/1_old.sql", withIntermediateDirectories: true)
            let migrations = try MigrationFolder.load(path: folder, dialect: .sqlite)
            #expect(migrations.map(\.name) == ["9_a_c.sql", "10_b.sql"])
            #expect(migrations.first?.slug == "a_c")
            #expect(migrations.first?.path == "\(folder)/9_a_c.sql")
            #expect(try MigrationFolder.load(path: folder + "/", dialect: .sqlite) == migrations)
        }
    }

    @Test(
        "A bad file name is an error",
        arguments: [
            "x.sql", "1.sql", "1_.sql", "_x.sql", "1x_y.sql", "-1_x.sql", "0_x.sql", "000_x.sql", "1 _x.sql", ".sql",
            "9223372036854775808_x.sql", "١_x.sql", "1_x.SQL",
        ])
    func badNames(name: String) throws {
        try withFolder([name: "-- migrate:up\na;"]) { folder in
            let error = try error { _ = try MigrationFolder.load(path: folder, dialect: .sqlite) }
            #expect(error.code == .invalidFileName)
            #expect("\(error)".hasPrefix("\(folder)/\(name):1:1: error: "))
        }
    }

    @Test("The highest version is the highest number of 64 bits")
    func highestVersion() throws {
        try withFolder(["9223372036854775807_x.sql": "-- migrate:up\na;"]) { folder in
            let migrations = try MigrationFolder.load(path: folder, dialect: .sqlite)
            #expect(migrations.map(\.version) == [.max])
        }
    }

    @Test("The problems of all files are told at once, versions that occur twice among them")
    func collected() throws {
        let good = "-- migrate:up\na;"
        try withFolder(["007_a.sql": good, "7_b.sql": "a", "x.sql": good, "8_c.sql": "-- migrate:up x"]) { folder in
            let error = try error { _ = try MigrationFolder.load(path: folder, dialect: .sqlite) }
            #expect(
                Set(error.problems.map(\.code)) == [.invalidFile, .invalidFileName, .duplicateVersion])
            let duplicate = try #require(error.problems.first { $0.code == .duplicateVersion })
            #expect("\(duplicate)".hasPrefix("\(folder)/7_b.sql:1:1: error: version 7 is also that of \(folder)/007_a"))
        }
    }

    @Test("A folder that is not there is an error that says so")
    func missing() throws {
        let error = try error { _ = try MigrationFolder.load(path: "/nonexistent", dialect: .sqlite) }
        #expect(error.code == .unreadable)
        #expect("\(error)" == "error: cannot read the folder /nonexistent: it does not exist")
    }

    // MARK: New files

    private let date = Date(timeIntervalSince1970: 1_769_860_805)

    @Test("A new file has the time in UTC as its version, and its name in lower case")
    func template() throws {
        let template = try MigrationTemplate(name: "Add Tenant-ID (été)", date: date, after: 7)
        #expect(template.fileName == "20260131120005_add_tenant_id_t.sql")
        #expect(template.text.contains("-- migrate:up\n"))
        #expect(template.text.contains("-- migrate:down\n"))
    }

    @Test("A new file has a higher version than every other")
    func templateVersion() throws {
        let template = try MigrationTemplate(name: "x", date: date, after: 20_260_131_120_005)
        #expect(template.version == 20_260_131_120_006)
        #expect(throws: MigrationError.self) { try MigrationTemplate(name: "x", date: date, after: .max) }
        #expect(throws: MigrationError.self) { try MigrationTemplate(name: " ?", date: date, after: 0) }
    }

    @Test("A new file never replaces another")
    func templateWrites() throws {
        try withFolder([:]) { folder in
            let template = try MigrationTemplate(name: "x", date: date, after: 0)
            let path = try template.write(into: "\(folder)/migrations/sqlite")
            #expect(path == "\(folder)/migrations/sqlite/20260131120005_x.sql")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == template.text)
            #expect(try error { _ = try template.write(into: "\(folder)/migrations/sqlite/") }.code == .unreadable)
        }
    }
}
