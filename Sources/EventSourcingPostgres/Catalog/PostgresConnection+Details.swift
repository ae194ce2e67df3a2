import SQLSchema

extension PostgresConnection {
    /// What the database has beside tables, views, types and functions.
    ///
    /// - Parameter excluded: tables whose details are left out, too.
    func catalogDetails(excluding excluded: Set<RelationName>) throws -> [CatalogDetail] {
        let queries: [(CatalogDetail.Kind, String)] = [
            (.extension, DetailQueries.extensions), (.sequence, DetailQueries.sequences), (.type, DetailQueries.types),
            (.aggregate, DetailQueries.aggregates), (.inheritance, DetailQueries.inheritance),
            (.options, DetailQueries.options), (.constraint, DetailQueries.partitionConstraints),
            (.index, DetailQueries.partitionIndexes), (.rule, DetailQueries.rules),
            (.rowSecurity, DetailQueries.rowSecurity), (.policy, DetailQueries.policies),
            (.eventTrigger, DetailQueries.eventTriggers), (.comment, DetailQueries.comments),
        ]
        let details = try queries.flatMap { kind, query in
            try prepare(query).all { row in try row.detail(kind, unless: excluded) }
        }
        let privileges = try prepare(DetailQueries.privileges).all { row in
            try row.detail(row.bool(at: 4) ? .revoke : .grant, unless: excluded)
        }
        return (details + privileges).compactMap { $0 }
    }
}

extension PostgresRow {
    /// The detail in the first two columns, unless it belongs to a relation that is left out.
    fileprivate borrowing func detail(
        _ kind: CatalogDetail.Kind, unless excluded: Set<RelationName>
    ) throws -> CatalogDetail? {
        if let name = try value(String?.self, at: 3),
            excluded.contains(RelationName(schema: try value(String?.self, at: 2), name))
        {
            return nil
        }
        return CatalogDetail(kind, name: try string(at: 0), definition: try string(at: 1))
    }
}
