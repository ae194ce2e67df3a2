import SQLSchema
import Testing

@testable import SQLMigrations

@Suite("Checksums")
struct ChecksumTests {
    private func hash(_ text: String) -> String {
        MigrationChecksum(bytes: SHA256.hash(Array(text.utf8)[...]))?.description ?? ""
    }

    @Test("SHA-256 gives what NIST's examples give")
    func vectors() {
        #expect(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(
            hash(
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                    + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")
                == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")
    }

    @Test("SHA-256 of a million a is that of NIST's long message")
    func million() {
        #expect(
            hash(String(repeating: "a", count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test(
        "SHA-256 fills up messages of every length around a block",
        arguments: [
            (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
            (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
            (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
            (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
        ])
    func padding(count: Int, expected: String) {
        #expect(hash(String(repeating: "a", count: count)) == expected)
    }

    @Test("Line endings and blank lines at the end do not count")
    func ignored() {
        let checksum = MigrationChecksum(of: "a\n\nb  \n")
        #expect(checksum == MigrationChecksum(of: "a\r\n\r\nb  \r\n"))
        #expect(checksum == MigrationChecksum(of: "a\n\nb  "))
        #expect(checksum == MigrationChecksum(of: "a\n\nb  \n\n \t\n"))
        #expect(MigrationChecksum(of: "") == MigrationChecksum(of: "\n\n"))
    }

    @Test("Everything else counts")
    func counted() {
        let checksum = MigrationChecksum(of: "a\n\nb")
        for text in ["a\nb", "\na\n\nb", "a\n\nb ", "a\n\nB", "a\r\r\nb", "a\n\nb\r"] {
            #expect(checksum != MigrationChecksum(of: text), "\(text.debugDescription)")
        }
    }

    @Test(
        "The checksum of a file is that of its text, and of its embedded form",
        arguments: ["-- migrate:up\na;\n", "-- migrate:up\r\na;\r\n", "-- migrate:up\r\r\na;\r\r\n"])
    func embedded(text: String) throws {
        let migration = try Migration(path: "1_a.sql", bytes: Array(text.utf8), dialect: .sqlite)
        #expect(migration.checksum == MigrationChecksum(of: migration.text))
        #expect(try Migration(embedded: migration.embedded, dialect: .sqlite).checksum == migration.checksum)
    }

    @Test("A checksum has 32 bytes")
    func bytes() {
        #expect(MigrationChecksum(bytes: [1, 2]) == nil)
        let bytes = Array(0..<32 as Range<UInt8>)
        #expect(MigrationChecksum(bytes: bytes)?.bytes == bytes)
    }

    @Test("A migration goes into a snapshot and comes back")
    func embedded() throws {
        let migration = try migration(7, "-- migrate:up\r\na;\r\n\r\n", path: "7_x.sql")
        #expect(migration.embedded.name == "7_x.sql")
        #expect(migration.embedded.text == "-- migrate:up\na;\n\n")
        #expect(migration.embedded.checksum == MigrationChecksum(of: "-- migrate:up\na;").description)
        #expect(try Migration(embedded: migration.embedded, dialect: .sqlite) == migration)
    }

    @Test("An embedded text that is not that of its checksum is refused")
    func forged() throws {
        var embedded = try migration(7, "-- migrate:up\na;").embedded
        embedded.text += "b;"
        #expect(try error { _ = try Migration(embedded: embedded, dialect: .sqlite) }.code == .invalidFile)
    }

    @Test("Embedded migrations are sorted, and their versions differ")
    func embeddedList() throws {
        let first = try migration(9, "-- migrate:up\na;").embedded
        let second = try migration(10, "-- migrate:up\nb;").embedded
        #expect(try Migration.all(embedded: [second, first], dialect: .sqlite).map(\.version) == [9, 10])
        let error = try error { _ = try Migration.all(embedded: [first, first], dialect: .sqlite) }
        #expect(error.code == .duplicateVersion)
    }
}
