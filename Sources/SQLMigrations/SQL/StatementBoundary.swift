import SQLSchema

/// Finds the semicolons that end a statement among those that stand inside one.
protocol StatementBoundary: Sendable {
    /// Takes the next token that is not a comment, with its text in upper case when it is a word.
    ///
    /// - Returns: Whether the token is the semicolon that ends the statement.
    mutating func endsStatement(with token: SQLToken, word: String?) -> Bool

    /// Whether the tokens so far are within a body, which needs its own end.
    var isInsideBody: Bool { get }
}

extension Dialect {
    var statementBoundary: any StatementBoundary {
        switch self {
        case .postgres: AtomicBodyBoundary()
        case .sqlite: TriggerBoundary()
        }
    }
}

/// The rule of SQLite's `sqlite3_complete`: `CREATE TRIGGER` ends at `; END ;`, everything else at a semicolon.
///
/// The states are those of the table in SQLite's complete.c.
struct TriggerBoundary: StatementBoundary {
    private enum State {
        case start, explain, create, normal, trigger, semicolonInTrigger, endOfTrigger
    }

    private var state = State.start

    var isInsideBody: Bool { state == .trigger || state == .semicolonInTrigger }

    mutating func endsStatement(with token: SQLToken, word: String?) -> Bool {
        if token.kind == .semicolon {
            guard isInsideBody else {
                state = .start
                return true
            }
            state = .semicolonInTrigger
            return false
        }
        switch (state, word) {
        case (.start, "EXPLAIN"): state = .explain
        case (.start, "CREATE"), (.explain, "CREATE"): state = .create
        case (.explain, "QUERY"), (.explain, "PLAN"): break
        case (.create, "TEMP"), (.create, "TEMPORARY"): break
        case (.create, "TRIGGER"): state = .trigger
        case (.semicolonInTrigger, "END"): state = .endOfTrigger
        case (.semicolonInTrigger, _), (.endOfTrigger, _), (.trigger, _): state = .trigger
        default: state = .normal
        }
        return false
    }
}

/// The rule of psql: a semicolon within parentheses, or within the `BEGIN ATOMIC … END` of a function, ends nothing.
struct AtomicBodyBoundary: StatementBoundary {
    private var parentheses = 0
    /// How many `BEGIN ATOMIC` and `CASE` wait for their `END`.
    private var openBlocks = 0
    private var previousWord: String?

    var isInsideBody: Bool { openBlocks > 0 }

    mutating func endsStatement(with token: SQLToken, word: String?) -> Bool {
        defer { previousWord = word }
        switch token.kind {
        case .semicolon:
            guard parentheses == 0, openBlocks == 0 else { return false }
            return true
        case .other(UInt8(ascii: "(")):
            parentheses += 1
        case .other(UInt8(ascii: ")")):
            parentheses = max(0, parentheses - 1)
        case .word:
            if word == "ATOMIC", previousWord == "BEGIN", openBlocks == 0 {
                openBlocks = 1
            } else if openBlocks > 0, word == "CASE" {
                openBlocks += 1
            } else if openBlocks > 0, word == "END" {
                openBlocks -= 1
            }
        default:
            break
        }
        return false
    }
}
