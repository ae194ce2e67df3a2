/// How a name is written into SQL.
public enum SQLIdentifier {
    /// The name in double quotes, with quotes inside it doubled: valid in PostgreSQL and in SQLite for every name.
    public static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
