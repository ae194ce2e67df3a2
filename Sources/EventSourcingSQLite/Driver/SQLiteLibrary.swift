internal import CSQLite

/// What holds for all of SQLite in a process, whoever uses it.
public enum SQLiteLibrary {
    /// Makes SQLite allocate memory without counting it, for which it takes a lock each time
    /// (SQLITE_CONFIG_MEMSTATUS).
    ///
    /// Large saves are faster by a tenth. `sqlite3_memory_used` answers 0 then, and no heap limit holds.
    ///
    /// Call it at the beginning of the program, before anything else uses SQLite and while no other thread does: that is
    /// why no store does it by itself.
    ///
    /// ```swift
    /// SQLiteLibrary.stopCountingMemory()
    /// let store = SQLiteEventStore(path: "orders.db")
    /// ```
    ///
    /// - Returns: false when SQLite is in use already, and goes on as it was.
    @discardableResult
    public static func stopCountingMemory() -> Bool {
        csqlite_config_memstatus(0) == SQLITE_OK
    }
}
