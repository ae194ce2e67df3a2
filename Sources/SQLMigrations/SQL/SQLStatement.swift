public import SQLSchema

/// One statement of a migration, as it is sent to the database.
public struct SQLStatement: Hashable, Sendable {
    /// The statement without its semicolon and without the comments around it.
    public var text: String
    /// Where its first token stands.
    public var location: FileLocation
    /// How many bytes stand before it in the text of its file.
    public var offset: Int
    /// The first ten words in upper case, enough to tell what kind of statement it is.
    public var words: [String]

    /// A statement that is run in the place of another one.
    init(_ text: String, at place: SQLStatement) {
        self.text = text
        location = place.location
        offset = place.offset
        words = text.split(separator: " ").prefix(10).map { $0.uppercased() }
    }

    init(text: String, location: FileLocation, offset: Int, words: [String]) {
        self.text = text
        self.location = location
        self.offset = offset
        self.words = words
    }

    /// Where a statement of a `transaction:false` section runs.
    enum Placement: Hashable, Sendable {
        /// In a transaction of its own, together with the record that it ran.
        case transaction
        /// On the connection alone, because it changes the connection. Such a statement is lost with the connection and
        /// safe to repeat, so a restart repeats it: `PRAGMA foreign_keys = OFF`, or `SET lock_timeout`.
        case connection
        /// Outside any transaction, because the database refuses it inside.
        case outside
    }

    func placement(in dialect: Dialect) -> Placement {
        if dialect == .sqlite, words.starts(with: ["CREATE", "TEMP"]) || words.starts(with: ["CREATE", "TEMPORARY"]) {
            return .connection
        }
        switch (dialect, words.first) {
        case (.sqlite, "PRAGMA"), (.sqlite, "ATTACH"), (.sqlite, "DETACH"), (.postgres, "SET"), (.postgres, "RESET"):
            return .connection
        case (.sqlite, "VACUUM"), (.postgres, "VACUUM"), (.postgres, "CLUSTER"):
            return .outside
        case (.postgres, "CREATE"), (.postgres, "DROP"), (.postgres, "ALTER"), (.postgres, "REINDEX"):
            let isAlone = ["DATABASE", "TABLESPACE", "SUBSCRIPTION", "SYSTEM"].contains(words.dropFirst().first)
            return isAlone || words.contains("CONCURRENTLY") ? .outside : .transaction
        default:
            return .transaction
        }
    }

    /// Why a migration must not hold the statement; nil when it may.
    func refusal(in dialect: Dialect) -> String? {
        let first = words.first ?? ""
        let isControl =
            switch dialect {
            case .sqlite: Self.transactionControl.contains(first)
            case .postgres:
                Self.transactionControl.contains(first) || first == "START" || first == "ABORT"
                    || words.starts(with: ["PREPARE", "TRANSACTION"])
            }
        guard isControl else { return nil }
        return "\(first) is not allowed in a migration: each file runs in a transaction of its own, or statement by "
            + "statement where it says `transaction:false`"
    }

    private static let transactionControl: Set = ["BEGIN", "COMMIT", "ROLLBACK", "END", "SAVEPOINT", "RELEASE"]
}
