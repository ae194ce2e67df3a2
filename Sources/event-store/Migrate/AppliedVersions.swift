import EventSourcingSQLite
import SQLMigrations
import SQLSchema

#if Postgres
    import EventSourcingPostgres
#endif

/// The versions that another tool says are applied, from its table with a column `version`.
struct AppliedVersions {
    private let table: RelationName
    private let texts: [String]

    init(in table: RelationName, of database: any MigrationDatabase) throws {
        self.table = table
        let query = "SELECT version FROM \(table.quoted)"
        if let connection = database as? SQLiteConnection {
            texts = try connection.prepare(query).all { try $0.string(at: 0) }
            return
        }
        #if Postgres
            if let connection = database as? PostgresConnection {
                texts = try connection.prepare(query).all { try $0.string(at: 0) }
                return
            }
        #endif
        texts = []
    }

    /// The versions as numbers, each of which has a file.
    ///
    /// - Throws: `MigrationError` with every version that has none.
    func check(_ migrations: [Migration]) throws -> Set<Int64> {
        let known = Set(migrations.map(\.version))
        let problems = texts.filter { text in Int64(text).map { !known.contains($0) } ?? true }.map { text in
            MigrationError(
                .missing, "version \(text) is in the table \(table), and there is no file for it; restore it")
        }
        if let error = MigrationError(problems) { throw error }
        return Set(texts.compactMap { Int64($0) })
    }
}
