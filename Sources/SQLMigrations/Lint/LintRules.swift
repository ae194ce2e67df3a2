package import SQLSchema

/// The rules: what was observed of a statement in, what is to be said of it out. No database is asked.
package struct LintRules {
    /// What the database has otherwise than before.
    let ofCatalog: [LintFinding]
    /// What the statement did on the way.
    let ofEffects: [LintFinding]

    /// What a statement was seen to do that it should not do unnoticed.
    package var findings: [LintFinding] { ofCatalog + ofEffects }

    /// Judges a statement.
    ///
    /// - Parameters:
    ///   - observation: What it did.
    ///   - existing: The tables that were there before the file that it stands in.
    ///   - dialect: The database.
    package init(of observation: StatementObservation, existing: Set<RelationName>, dialect: Dialect) {
        ofCatalog =
            CatalogRules(
                dialect: dialect, before: observation.before, after: observation.after, renamed: observation.renamed,
                existing: existing
            ).findings
        ofEffects = EffectRules(dialect: dialect, observation: observation, existing: existing).findings
    }
}
