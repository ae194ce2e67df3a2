package import SQLSchema

/// The rules: what was observed of a statement in, what is to be said of it out. No database is asked.
package enum LintRules {
    /// What a statement was seen to do that it should not do unnoticed.
    ///
    /// - Parameters:
    ///   - observation: What it did.
    ///   - existing: The tables that were there before the file that it stands in.
    ///   - dialect: The database.
    package static func findings(
        of observation: StatementObservation, existing: Set<RelationName>, dialect: Dialect
    ) -> [LintFinding] {
        let catalog = CatalogRules(
            dialect: dialect, before: observation.before, after: observation.after, renamed: observation.renamed,
            existing: existing)
        return catalog.findings
            + EffectRules(dialect: dialect, observation: observation, existing: existing).findings
    }
}
