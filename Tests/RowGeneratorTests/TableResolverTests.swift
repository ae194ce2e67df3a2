import SQLSchema
import Testing

@testable import RowGenerator

@Suite("Which tables of two dialects are one, and what their columns are")
struct TableResolverTests {
    private static func table(_ name: RelationName, _ columns: Column...) -> Table {
        Table(name: name, columns: columns, definition: "")
    }

    private static func id(_ type: String) -> Column { Column(name: "id", type: type, isNullable: false) }

    private func resolve(postgres: Catalog, sqlite: Catalog, overrides: String = "{}") throws -> [ResolvedTable] {
        let snapshot = SchemaSnapshot(dialects: [
            .postgres: DialectSnapshot(catalog: postgres, migrations: []),
            .sqlite: DialectSnapshot(catalog: sqlite, migrations: []),
        ])
        let file = try SnapshotFile(snapshot.encoded(), path: "schema.json")
        let overrides = try OverrideFile(Array(overrides.utf8), path: "overrides.json", for: file.snapshot)
        var resolver = TableResolver(file, overrides: overrides)
        return try resolver.resolve().tables
    }

    private func mistakes(postgres: Catalog, sqlite: Catalog, overrides: String = "{}") -> [String] {
        do {
            _ = try resolve(postgres: postgres, sqlite: sqlite, overrides: overrides)
            return []
        } catch {
            return "\(error)".split(separator: "\n").map(String.init)
        }
    }

    private static let twoSchemas = Catalog(tables: [
        table(RelationName(schema: "audit", "users"), id("bigint")),
        table(RelationName(schema: "shop", "users"), id("uuid")),
    ])

    private static let oneTable = Catalog(tables: [table(RelationName("users"), id("TEXT"))])

    @Test("A table of any schema is the one of its name in SQLite")
    func sameName() throws {
        let postgres = Catalog(tables: [Self.table(RelationName(schema: "shop", "users"), Self.id("uuid"))])
        let tables = try resolve(postgres: postgres, sqlite: Self.oneTable)
        #expect(tables.count == 1)
        #expect(tables[0].names == [.postgres: RelationName(schema: "shop", "users"), .sqlite: RelationName("users")])
        #expect(tables[0].displayName == "users" && tables[0].properties[0].type == .scalar(.uuid))
    }

    @Test("Two that could each be it are an error, until the override file says which one it is")
    func ambiguity() throws {
        let ambiguous = mistakes(postgres: Self.twoSchemas, sqlite: Self.oneTable)
        #expect(ambiguous.count == 1 && ambiguous[0].contains("'audit.users' and 'shop.users' could each be 'users'"))
        let tables = try resolve(
            postgres: Self.twoSchemas, sqlite: Self.oneTable,
            overrides: #"{"tables": {"shop.users": "users"}, "names": {"audit.users": "AuditedUsers"}}"#)
        #expect(tables.map(\.displayName) == ["audit.users", "users"])
        #expect(tables.map(\.rowTypeName) == ["AuditedUsersRow", "UsersRow"])
        #expect(tables[1].names[.postgres] == RelationName(schema: "shop", "users"))
    }

    @Test("A table can be told to be of another name, or of none, in SQLite")
    func overrides() throws {
        let postgres = Catalog(tables: [Self.table(RelationName(schema: "shop", "users"), Self.id("uuid"))])
        let sqlite = Catalog(tables: [
            Self.table(RelationName("shop_users"), Self.id("TEXT")), Self.table(RelationName("users"), Self.id("REAL")),
        ])
        let renamed = try resolve(
            postgres: postgres, sqlite: sqlite,
            overrides: #"{"tables": {"shop.users": "shop_users"}, "names": {"users": "People"}}"#)
        #expect(renamed.map(\.displayName) == ["shop_users", "users"] && renamed[0].names.count == 2)
        let apart = try resolve(
            postgres: postgres, sqlite: sqlite,
            overrides: #"{"tables": {"shop.users": null}, "names": {"users": "People"}}"#)
        #expect(apart.map(\.names.count) == [1, 1, 1])
        let twice = mistakes(
            postgres: Self.twoSchemas, sqlite: Self.oneTable,
            overrides: #"{"tables": {"audit.users": "users", "shop.users": "users"}}"#)
        #expect(twice.first?.contains("'users' of SQLite cannot be two tables of PostgreSQL") == true, "\(twice)")
    }

    @Test("An override that says what PostgreSQL says is right, and one that contradicts it is an error")
    func contradiction() throws {
        let name = RelationName(schema: "shop", "users")
        let postgres = Catalog(tables: [
            Self.table(name, Column(name: "at", type: "timestamp with time zone", isNullable: false))
        ])
        let sqlite = Catalog(tables: [
            Self.table(RelationName("users"), Column(name: "at", type: "INTEGER", isNullable: false))
        ])
        let agreed = try resolve(
            postgres: postgres, sqlite: sqlite, overrides: #"{"columns": {"users.at": "instant"}}"#)
        #expect(agreed[0].properties[0].type == .scalar(.instant))
        #expect(
            mistakes(postgres: postgres, sqlite: sqlite, overrides: #"{"columns": {"users.at": "bool"}}"#) == [
                "overrides.json:1:14: error: 'users.at' cannot be 'bool': it is timestamp with time zone in PostgreSQL, "
                    + "which makes it 'instant'; remove this entry"
            ])
        #expect(
            mistakes(postgres: postgres, sqlite: sqlite, overrides: #"{"columns": {"shop.users.at": "int64"}}"#) == [
                "overrides.json:1:31: error: 'shop.users.at' is timestamp with time zone, which cannot hold 'int64'; "
                    + "it can hold instant, string"
            ])
    }

    @Test("A text of PostgreSQL can be JSON in both")
    func json() throws {
        let postgres = Catalog(tables: [Self.table(RelationName(schema: "public", "users"), Self.id("text"))])
        let tables = try resolve(
            postgres: postgres, sqlite: Self.oneTable, overrides: #"{"columns": {"public.users.id": "json"}}"#)
        #expect(tables[0].properties[0].type == .scalar(.json))
    }

    @Test("A Swift name can be given by the name of either dialect, but not two of them")
    func names() throws {
        let postgres = Catalog(tables: [Self.table(RelationName(schema: "public", "users"), Self.id("uuid"))])
        for key in ["users", "public.users"] {
            let tables = try resolve(
                postgres: postgres, sqlite: Self.oneTable, overrides: #"{"names": {"\#(key)": "People"}}"#)
            #expect(tables[0].rowTypeName == "PeopleRow")
        }
        let two = mistakes(
            postgres: postgres, sqlite: Self.oneTable,
            overrides: #"{"names": {"users": "People", "public.users": "Persons"}}"#)
        #expect(
            two == [
                "overrides.json:1:12: error: 'users' cannot be 'People': 'public.users' is the same, and is called 'Persons'"
            ])
    }

    @Test("A table of one dialect only has the code of that one")
    func one() throws {
        let postgres = Catalog(tables: [Self.table(RelationName(schema: "public", "a"), Self.id("uuid"))])
        let sqlite = Catalog(tables: [Self.table(RelationName("b"), Self.id("TEXT"))])
        let tables = try resolve(postgres: postgres, sqlite: sqlite)
        #expect(tables.map(\.displayName) == ["b", "public.a"])
        #expect(tables.map { Array($0.names.keys) } == [[.sqlite], [.postgres]])
    }

    @Test("An identity is read, may be left out, and is not inserted")
    func identity() throws {
        let postgres = Catalog(tables: [
            Self.table(
                RelationName(schema: "public", "users"),
                Column(name: "id", type: "bigint", isNullable: false, identity: .byDefault))
        ])
        let tables = try resolve(postgres: postgres, sqlite: Catalog())
        let property = try #require(tables[0].properties.first)
        #expect(property.isCounted && property.swiftType == "Int64?" && property.defaultValue == "nil")
    }
}
