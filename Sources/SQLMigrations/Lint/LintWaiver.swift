package import SQLSchema

/// A comment that allows a statement what a rule finds in it: `-- lint:allow table-rewrite because the table is small`.
///
/// It stands before the statement, after the one before that, and says why.
package struct LintWaiver: Hashable, Sendable {
    /// What is allowed.
    package var rule: LintRule
    /// Why.
    package var reason: String
    /// Where the comment stands.
    package var location: FileLocation
    /// How many bytes of the file stand before it.
    package var offset: Int
    /// The comment's line.
    package var sourceLine: String

    /// The waivers of a migration's file.
    ///
    /// - Throws: ``MigrationError`` for an unknown rule, and for one without a reason.
    package static func all(in migration: Migration) throws(MigrationError) -> [LintWaiver] {
        let source = migration.source
        var lexer = SQLLexer(source.bytes, dialect: migration.dialect)
        var waivers: [LintWaiver] = []
        var problems: [MigrationError] = []
        do {
            while let token = try lexer.next() {
                guard token.kind == .lineComment else { continue }
                do throws(MigrationError) {
                    if let waiver = try LintWaiver(token, in: source) { waivers.append(waiver) }
                } catch {
                    problems.append(error)
                }
            }
        } catch {
            throw source.error(error)
        }
        if let error = MigrationError(problems) { throw error }
        return waivers
    }

    /// Reads a comment; nil when it is an ordinary one.
    private init?(_ token: SQLToken, in source: SourceText) throws(MigrationError) {
        let offset = token.range.lowerBound
        let words = source.text(token.range).dropFirst(2).split(whereSeparator: \.isWhitespace).map(String.init)
        guard let marker = words.first, marker.lowercased().hasPrefix("lint:") else { return nil }
        guard marker == "lint:allow" else {
            throw source.error(.invalidFile, "unknown comment `\(marker)`; known is lint:allow", at: offset)
        }
        guard words.count > 1, let rule = LintRule(rawValue: words[1]), rule != .unusedWaiver else {
            let known = LintRule.allCases.filter { $0 != .unusedWaiver }.map(\.rawValue).joined(separator: ", ")
            throw source.error(
                .invalidFile, "`lint:allow` needs a rule that it allows: one of \(known)", at: offset)
        }
        guard words.count > 3, words[2] == "because" else {
            throw source.error(
                .invalidFile, "`lint:allow \(rule.rawValue)` needs a reason: -- lint:allow \(rule.rawValue) because …",
                at: offset)
        }
        self.rule = rule
        reason = words[3...].joined(separator: " ")
        location = source.location(at: offset)
        self.offset = offset
        sourceLine = source.line(at: offset)
    }
}
