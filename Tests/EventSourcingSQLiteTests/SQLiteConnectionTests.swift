import EventSourcingSQLite
import Foundation
import Testing

@Suite("A SQLite connection")
struct SQLiteConnectionTests {
    private let connection: SQLiteConnection

    init() throws {
        connection = try SQLiteConnection(path: ":memory:")
    }

    @Test("says where a mistake is, in bytes of the statement")
    func mistakes() throws {
        #expect {
            try connection.execute("SELECT 'é', nope FROM sqlite_schema")
        } throws: { error in
            let error = error as? DatabaseError
            return error?.code == .invalidSQL && error?.offset == 13 && error?.message == "no such column: nope"
        }
    }

    @Test("takes exactly one statement")
    func oneStatement() throws {
        try connection.execute("SELECT 1; \n ;")
        #expect { try connection.execute("SELECT 1; SELECT 2") } throws: { ($0 as? DatabaseError)?.offset == 9 }
        #expect(throws: DatabaseError.self) { try connection.execute("") }
        #expect(throws: DatabaseError.self) { try connection.execute(" -- nothing") }
    }

    @Test("tells the kinds of failure apart")
    func codes() throws {
        try connection.execute("CREATE TABLE t (a INTEGER UNIQUE, b TEXT NOT NULL CHECK (b <> '')) STRICT")
        try connection.execute("INSERT INTO t VALUES (1, 'x')")
        for (statement, code, name) in [
            ("INSERT INTO t VALUES (1, 'y')", DatabaseError.Code.uniqueViolation, "SQLITE_CONSTRAINT_UNIQUE (2067)"),
            ("INSERT INTO t VALUES (2, NULL)", .constraintViolation, "SQLITE_CONSTRAINT_NOTNULL (1299)"),
            ("INSERT INTO t VALUES (2, '')", .constraintViolation, "SQLITE_CONSTRAINT_CHECK (275)"),
            ("INSERT INTO t VALUES ('x', 'y')", .constraintViolation, "SQLITE_CONSTRAINT_DATATYPE (3091)"),
            ("SELECT zeroblob(2000000000)", .tooLarge, "SQLITE_TOOBIG (18)"),
        ] {
            #expect {
                try connection.execute(statement)
            } throws: { error in
                (error as? DatabaseError)?.code == code && (error as? DatabaseError)?.engineCode == name
            }
        }
    }

    @Test("brings every type back, and refuses what a column does not hold")
    func values() throws {
        let statement = try connection.prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8")
        var parameters = statement.parameters()
        try parameters.write(Int64.min, at: 0)
        try parameters.write(-0.1, at: 1)
        try parameters.write("", at: 2)
        try parameters.write([UInt8](), at: 3)
        try parameters.write(true, at: 4)
        try parameters.writeNull(at: 5)
        try parameters.write(Instant(microsecondsSince1970: -1), at: 6)
        let id = try #require(UUID(uuidString: "0540740E-63C8-548F-A09F-39E33C9179B5"))
        try parameters.write(id, at: 7)
        func read<Value: RowValue & Equatable>(_ column: Int) throws -> Value? {
            try statement.first { row in try row.value(Value.self, at: column) }
        }
        #expect(try read(0) == Int64.min)
        #expect(try read(1) == -0.1)
        #expect(try read(2) == "")
        #expect(try read(3) == [UInt8]())
        #expect(try read(4) == true)
        let null: Int?? = try read(5)
        #expect(null == .some(nil))
        #expect(try read(6) == Instant(microsecondsSince1970: -1))
        #expect(try read(7) == id)
        #expect(try read(7) == "0540740e-63c8-548f-a09f-39e33c9179b5")
        #expect(throws: DatabaseError.self) { try statement.first { try $0.value(Int32.self, at: 0) } }
        #expect(throws: DatabaseError.self) { try statement.first { try $0.bool(at: 0) } }
        #expect(throws: DatabaseError.self) { try statement.first { try $0.uuid(at: 2) } }
        #expect(throws: DatabaseError.self) { try parameters.write(.nan, at: 1) }
    }
}
