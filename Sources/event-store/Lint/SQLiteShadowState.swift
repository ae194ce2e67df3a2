import EventSourcingSQLite
import SQLMigrations
import SQLSchema

/// The rows of a SQLite database at one moment.
struct SQLiteShadowState {
    private struct Content {
        let name: RelationName
        let columns: [String]
        /// Each row as the literals of its values.
        let rows: [[String]]
        /// The highest rowid that was ever given, where SQLite keeps it.
        let lastRowID: Int64?
    }

    /// The tables by the page that each begins at, which stays when a table is renamed.
    private let contents: [Int64: Content]

    init(_ connection: SQLiteConnection, _ catalog: Catalog) throws {
        let pages = try connection.prepare("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").all { row in
            (name: try row.string(at: 0), page: try row.int64(at: 1))
        }
        let counts = Dictionary(
            try Self.counters(of: connection), uniquingKeysWith: { first, _ in first })
        var contents: [Int64: Content] = [:]
        for (name, page) in pages {
            guard page > 0, let table = catalog.table(RelationName(name)) else { continue }
            let columns = table.columns.map(\.name)
            let list = columns.map { "quote(\(SQLIdentifier.quoted($0)))" }.joined(separator: ", ")
            let rows = try connection.prepare("SELECT \(list) FROM \(table.name.quoted)").all { row in
                try columns.indices.map { try row.string(at: $0) }
            }
            contents[page] = Content(name: table.name, columns: columns, rows: rows, lastRowID: counts[name])
        }
        self.contents = contents
    }

    /// What AUTOINCREMENT counts with; the table is there once a table uses it.
    private static func counters(of connection: SQLiteConnection) throws -> [(String, Int64)] {
        let exists = try connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'").first {
            try $0.int64(at: 0)
        }
        guard exists == 1 else { return [] }
        return try connection.prepare("SELECT name, seq FROM sqlite_sequence").all { row in
            (try row.string(at: 0), try row.int64(at: 1))
        }
    }

    /// What was done to each table from this moment to another one.
    func effects(until after: SQLiteShadowState) -> [RelationName: StatementObservation.Effect] {
        var effects: [RelationName: StatementObservation.Effect] = [:]
        for (page, old) in contents {
            guard let new = after.contents[page] else { continue }
            var effect = StatementObservation.Effect()
            let columns = old.columns.filter(new.columns.contains)
            let (before, now) = (Self.rows(of: old, columns), Self.rows(of: new, columns))
            let gone = Self.difference(of: before, without: now)
            let added = Self.difference(of: now, without: before)
            effect.updated = min(gone, added)
            effect.deleted = gone - effect.updated
            effect.inserted = added - effect.updated
            effect.isEmptied = !before.isEmpty && now.isEmpty
            effect.isPositionSetBack = (new.lastRowID ?? 0) < (old.lastRowID ?? 0)
            if effect != StatementObservation.Effect() { effects[old.name] = effect }
        }
        return effects
    }

    /// The tables that are called otherwise at another moment.
    func renames(until after: SQLiteShadowState) -> [RelationName: RelationName] {
        var renames: [RelationName: RelationName] = [:]
        for (page, old) in contents {
            if let new = after.contents[page], new.name != old.name { renames[old.name] = new.name }
        }
        return renames
    }

    private static func rows(of content: Content, _ columns: [String]) -> [[String]] {
        let indices = columns.compactMap { content.columns.firstIndex(of: $0) }
        return content.rows.map { row in indices.map { row[$0] } }
    }

    /// How many of some rows are not among others, each counted as often as it is there.
    private static func difference(of rows: [[String]], without others: [[String]]) -> Int {
        var counts = Dictionary(others.map { ($0, 1) }, uniquingKeysWith: +)
        return rows.count { row in
            guard let count = counts[row], count > 0 else { return true }
            counts[row] = count - 1
            return false
        }
    }
}
