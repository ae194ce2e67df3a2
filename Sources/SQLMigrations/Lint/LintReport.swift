package import SQLSchema

/// What came of looking at some migrations.
package struct LintReport: Hashable, Sendable {
    /// What was found and not allowed, in the order of the places.
    package var findings: [LintFinding] = []
    /// How many findings a comment allows.
    package var waived = 0
    /// How many migrations, and how many statements of them, were tried.
    package var migrations = 0
    package var statements = 0
    /// The tables that stayed empty, and why: what a statement does to their rows was not seen.
    package var unfilled: [RelationName: String] = [:]

    package init() {}
}
