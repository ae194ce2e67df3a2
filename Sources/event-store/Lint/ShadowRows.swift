#if Postgres
    import EventSourcingPostgres
    import SQLSchema

    /// Puts rows into the tables of a PostgreSQL database.
    struct ShadowRows {
        let catalog: Catalog
        let connection: PostgresConnection

        /// Fills each empty table, those first that others refer to.
        ///
        /// - Returns: The tables that stay empty, and why.
        func fill() throws -> [RelationName: String] {
            var unfilled: [RelationName: String] = [:]
            let values = SampleValues(catalog: catalog, dialect: .postgres)
            try connection.withTransaction {
                for table in catalog.tablesInOrderOfReferences where try isEmpty(table) {
                    unfilled[table.name] = try fill(table, values)
                }
            }
            return unfilled
        }

        private func isEmpty(_ table: Table) throws -> Bool {
            try connection.prepare("SELECT NOT EXISTS (SELECT FROM \(table.name.quoted))").first {
                try $0.bool(at: 0)
            } ?? false
        }

        /// Returns why no row can be inserted, or nil.
        private func fill(_ table: Table, _ values: SampleValues) throws -> String? {
            var reason: String?
            for extent in SampleValues.Extent.allCases {
                do {
                    try connection.withSavepoint {
                        for number in 1...SampleValues.rowCount {
                            try connection.execute(values.insert(into: table, number: number, extent))
                        }
                    }
                    return nil
                } catch let error as DatabaseError where error.code != .connectionLost {
                    reason = reason ?? error.message
                }
            }
            return reason
        }
    }
#endif
