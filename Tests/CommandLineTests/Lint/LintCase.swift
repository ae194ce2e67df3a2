import Testing

/// Statements that a rule finds something in, or does not.
struct LintCase: Sendable, CustomTestStringConvertible {
    /// What is expected, a line each: `3 guard-weakened`.
    let expected: [String]
    /// The file after `-- migrate:up`, from line 2 on.
    let statements: String
    var isTransactional = true

    init(_ expected: [String], _ statements: String, isTransactional: Bool = true) {
        self.expected = expected
        self.statements = statements
        self.isTransactional = isTransactional
    }

    var testDescription: String { statements }

    var text: String { "-- migrate:up\(isTransactional ? "" : " transaction:false")\n\(statements)\n" }
}
