#if Postgres
    import EventSourcingPostgres
    import SQLMigrations
    import SQLSchema

    /// A PostgreSQL database that migrations are tried on.
    ///
    /// What a statement does is read from `pg_locks`, `pg_class` and `pg_stat_xact_user_tables` before its transaction ends.
    final class PostgresShadow: ShadowDatabase {
        let connection: PostgresConnection
        private var state: PostgresShadowState?
        private var catalogCache: Catalog?
        /// The tables that no rows could be put into.
        private var empty: Set<RelationName> = []

        var dialect: Dialect { .postgres }

        init(_ connection: PostgresConnection) throws {
            self.connection = connection
            try prepareSession()
        }

        /// Makes the session what it is when a file is applied, whatever the one before has set: what waits forever has said
        /// so itself.
        private func prepareSession() throws {
            try connection.execute("RESET ALL")
            try connection.execute("RESET ROLE")
            try connection.execute("SET lock_timeout = '10s'")
        }

        func catalog() throws -> Catalog {
            if let catalogCache { return catalogCache }
            let catalog = try connection.catalogWithoutHistory()
            catalogCache = catalog
            return catalog
        }

        // MARK: Transactions

        func begin() throws {
            try connection.begin()
            state = try PostgresShadowState(connection)
        }

        func commit() throws {
            try connection.commit()
            state = nil
        }

        func rollback() throws {
            try connection.rollback()
            state = nil
            catalogCache = nil
        }

        // MARK: Observation

        func observe(_ statement: SQLStatement) throws -> StatementObservation {
            let before = try state ?? PostgresShadowState(connection)
            let catalog = try catalog()
            let error = try refusal(of: statement)
            var after = try PostgresShadowState(connection)
            if !connection.isInTransaction || after.catalogWrites != before.catalogWrites { catalogCache = nil }
            var observation = StatementObservation(
                before: catalog, after: try self.catalog(), effects: before.effects(until: after),
                renamed: before.renames(until: after), error: error, waitsForever: after.waitsForever)
            let rewritten = observation.effects.filter { $0.value.isRewritten }.map(\.key)
            for name in rewritten { observation.effects[name]?.isEmptied = try isEmptied(name, before, after) }
            // What was read just now is no work of the next statement.
            if !rewritten.isEmpty { after = try PostgresShadowState(connection) }
            state = connection.isInTransaction ? after : nil
            return observation
        }

        /// Runs a statement, and returns why it was refused.
        private func refusal(of statement: SQLStatement) throws -> DatabaseError? {
            do {
                if connection.isInTransaction {
                    try connection.withSavepoint { try connection.execute(statement.text) }
                } else {
                    try connection.execute(statement.text)
                }
                return nil
            } catch let error as DatabaseError where error.code != .connectionLost {
                return error
            }
        }

        /// Whether a table whose rows are in another file has none any more, as after TRUNCATE.
        private func isEmptied(
            _ name: RelationName, _ before: PostgresShadowState, _ after: PostgresShadowState
        ) throws -> Bool {
            guard !empty.contains(name), let current = after.name(of: name, in: before) else { return false }
            return try connection.prepare("SELECT NOT EXISTS (SELECT FROM \(current.quoted))").first {
                try $0.bool(at: 0)
            } ?? false
        }

        // MARK: Rows

        func fill() throws -> [RelationName: String] {
            try prepareSession()
            let catalog = try catalog()
            let unfilled = try ShadowRows(catalog: catalog, connection: connection).fill()
            empty = Set(unfilled.keys)
            return unfilled
        }

        func clear() throws {
            let isInTransaction = connection.isInTransaction
            if !isInTransaction {
                let invalid = try connection.prepare(
                    "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid AND indexrelid >= 16384"
                ).all { try $0.string(at: 0) }
                for index in invalid { try connection.execute("DROP INDEX \(index)") }
                try connection.begin()
            }
            // No trigger and no foreign key is asked.
            try connection.execute("SET LOCAL session_replication_role = replica")
            for table in try catalog().tables { try connection.execute("DELETE FROM \(table.name.quoted)") }
            try connection.execute("SET LOCAL session_replication_role = DEFAULT")
            empty = Set(try catalog().tables.map(\.name))
            if isInTransaction {
                state = try PostgresShadowState(connection)
            } else {
                try connection.commit()
                state = nil
            }
        }
    }
#endif
