/// A database whose SQL we speak, with a folder of migrations and a subtree of the snapshot of its own.
public enum Dialect: String, CaseIterable, Hashable, Sendable, Comparable {
    /// PostgreSQL, Google Cloud SQL included.
    case postgres
    /// SQLite 3.37 or later.
    case sqlite

    /// The name that people know: "PostgreSQL".
    public var displayName: String {
        switch self {
        case .postgres: "PostgreSQL"
        case .sqlite: "SQLite"
        }
    }

    /// Orders dialects by their names, for output that is always the same.
    public static func < (left: Dialect, right: Dialect) -> Bool {
        left.rawValue < right.rawValue
    }
}
