import Foundation
import TestSupport

/// The folder of migrations that the tests apply: every part of the format that is easy to get wrong.
struct SampleMigrations {
    let folder: TemporaryFolder

    /// Texts of several bytes a letter, a trigger with a body, and a file that cannot run in a transaction.
    func writeThree() throws {
        try write("1_create_cafés", Self.tables)
        try write("2_guard", Self.trigger)
        try write("3_compact", Self.compact)
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try folder.write(text, to: "migrations/sqlite/\(name).sql")
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: folder.file("migrations/sqlite/\(name).sql"))
    }

    static let tables = """
        -- migrate:up
        CREATE TABLE "cafés" (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT; -- ☕️; not an end
        INSERT INTO "cafés" (name) VALUES ('naïve; 日本 👩‍👩‍👧‍👦'), ('it''s
        two lines');

        -- migrate:down
        DROP TABLE "cafés";

        """

    static let trigger = """
        -- migrate:up
        CREATE TABLE log (entry TEXT) STRICT;
        CREATE TRIGGER cafés_logged AFTER INSERT ON "cafés"
        BEGIN
            INSERT INTO log VALUES (CASE WHEN new.name = 'END;' THEN 'end' ELSE new.name END);
            UPDATE log SET entry = entry || ';';
        END;

        -- migrate:down
        DROP TRIGGER cafés_logged;
        DROP TABLE log;

        """

    static let compact = """
        -- migrate:up transaction:false
        PRAGMA application_id = 4711;
        VACUUM;
        CREATE TABLE after_vacuum (id INTEGER) STRICT;

        -- migrate:down transaction:false
        DROP TABLE after_vacuum;
        VACUUM;

        """

    /// One file of one table.
    static func table(_ name: String) -> String {
        "-- migrate:up\nCREATE TABLE \(name) (id INTEGER) STRICT;\n\n-- migrate:down\nDROP TABLE \(name);\n"
    }
}
