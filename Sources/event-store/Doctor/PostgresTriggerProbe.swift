#if Postgres
    import EventSourcingPostgres
    import SQLSchema

    /// Finds out which changes the triggers of a table refuse, by trying them on a temporary copy that nobody sees.
    ///
    /// The copy has one row, of NULLs, and one trigger at a time. A trigger with a condition, or for some columns only, is
    /// no guard.
    struct PostgresTriggerProbe {
        let table: Table
        let connection: PostgresConnection

        /// The changes that no trigger refuses.
        func unguardedChanges() throws -> [String] {
            // A standby has nowhere to try them.
            let isStandby = try connection.prepare("SELECT pg_is_in_recovery()").first { try $0.bool(at: 0) } ?? false
            return try ["UPDATE", "DELETE", "TRUNCATE"].filter { change in
                let guards = try guards(against: change)
                return try isStandby ? guards.isEmpty : !guards.contains { try refuses($0, change) }
            }
        }

        /// What the triggers do that come before a change: `FOR EACH ROW EXECUTE FUNCTION …`.
        ///
        /// The bits of `pg_trigger.tgtype`: for each row 1, before 2, DELETE 8, UPDATE 16, TRUNCATE 32.
        private func guards(against change: String) throws -> [String] {
            let bit = ["DELETE": 8, "UPDATE": 16, "TRUNCATE": 32][change] ?? 0
            return try connection.prepare(
                """
                SELECT CASE WHEN t.tgtype & 1 = 1 THEN 'ROW' ELSE 'STATEMENT' END,
                    format('%I.%I', n.nspname, p.proname)
                FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid JOIN pg_namespace AS n ON n.oid = p.pronamespace
                WHERE t.tgrelid = \(Self.literal(table.name.quoted))::regclass AND t.tgtype & 2 = 2
                    AND t.tgtype & \(bit) = \(bit) AND t.tgqual IS NULL AND t.tgattr = ''::int2vector
                    AND t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal AND t.tgnargs = 0
                ORDER BY t.tgname
                """
            ).all { row in
                "FOR EACH \(try row.string(at: 0)) EXECUTE FUNCTION \(try row.string(at: 1))()"
            }
        }

        private func refuses(_ action: String, _ change: String) throws -> Bool {
            try connection.execute("BEGIN READ WRITE")
            defer { try? connection.rollback() }
            try connection.execute(
                "CREATE TEMPORARY TABLE doctor_probe ON COMMIT DROP AS SELECT * FROM \(table.name.quoted) WITH NO DATA")
            try connection.execute("INSERT INTO doctor_probe DEFAULT VALUES")
            try connection.execute("CREATE TRIGGER probe BEFORE \(change) ON doctor_probe \(action)")
            let column = SQLIdentifier.quoted(table.columns[0].name)
            let sql =
                switch change {
                case "UPDATE": "UPDATE doctor_probe SET \(column) = \(column)"
                case "DELETE": "DELETE FROM doctor_probe"
                default: "TRUNCATE doctor_probe"
                }
            do {
                try connection.execute(sql)
                return false
            } catch let error as DatabaseError {
                return error.code == .refusedByTrigger
            }
        }

        private static func literal(_ text: String) -> String {
            "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
        }
    }
#endif
