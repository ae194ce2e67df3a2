package import SQLSchema

/// Something that a statement was seen to do, and that somebody should know of before it is applied.
package struct LintFinding: Hashable, Sendable {
    /// What kind of thing it is.
    package var rule: LintRule
    /// The table that it is about, by its name before the migration; nil when it is about none.
    package var table: RelationName?
    /// What was observed: "trigger events_refuse_delete of events is gone".
    package var fact: String
    /// Where the statement stands.
    package var location: FileLocation
    /// The statement's first line.
    package var sourceLine: String

    package init(
        _ rule: LintRule, table: RelationName? = nil, fact: String,
        location: FileLocation = FileLocation(file: "", line: 1, column: 1), sourceLine: String = ""
    ) {
        self.rule = rule
        self.table = table
        self.fact = fact
        self.location = location
        self.sourceLine = sourceLine
    }

    /// Whether it says the same, wherever.
    func isSame(as other: LintFinding) -> Bool { rule == other.rule && fact == other.fact }

    /// The finding at the place of a statement.
    func at(_ statement: SQLStatement) -> LintFinding {
        var finding = self
        finding.location = statement.location
        finding.sourceLine = statement.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return finding
    }
}
