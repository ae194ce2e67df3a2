import EventSourcingSQLite
import SQLSchema

/// Finds out which changes the triggers of a table refuse, by trying them on a copy in memory.
///
/// The copy has one row, of NULLs, and one trigger at a time: a trigger that needs other tables is no guard here, and
/// does not hide one that is.
struct SQLiteTriggerProbe {
    let table: Table

    /// The changes that no trigger refuses.
    func unguardedChanges() throws -> [String] {
        let guards = try table.triggers.map { try refusals(of: $0) }
        let updates = table.columns.map(\.name).filter { column in
            !guards.contains { $0.columns.contains { $0.utf8.elementsEqual(column.utf8) } }
        }
        let isEveryColumn = updates.count == table.columns.count
        let changes = isEveryColumn ? ["UPDATE"] : updates.map { "UPDATE of \($0)" }
        return guards.contains(where: \.deletes) ? changes : changes + ["DELETE"]
    }

    private func refusals(of trigger: NamedDefinition) throws -> (columns: [String], deletes: Bool) {
        let copy = try SQLiteConnection(path: ":memory:")
        let name = SQLIdentifier.quoted(table.name.name)
        let columns = table.columns.map(\.name)
        try copy.execute("CREATE TABLE \(name) (\(columns.map(SQLIdentifier.quoted).joined(separator: ", ")))")
        try copy.execute("INSERT INTO \(name) DEFAULT VALUES")
        try copy.execute(trigger.definition)
        let refused = columns.filter { column in
            let column = SQLIdentifier.quoted(column)
            return isRefused("UPDATE \(name) SET \(column) = \(column)", by: copy)
        }
        return (refused, isRefused("DELETE FROM \(name)", by: copy))
    }

    private func isRefused(_ sql: String, by copy: SQLiteConnection) -> Bool {
        do {
            try copy.execute(sql)
            return false
        } catch let error as DatabaseError {
            return error.code == .refusedByTrigger
        } catch {
            return false
        }
    }
}
