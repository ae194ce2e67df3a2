/// A value that a column of BigQuery cannot hold.
struct ValueProblem: Error, Hashable, Sendable {
    /// The column in the database; empty for the row as a whole.
    var column = ""
    /// What is wrong with the value, without the value.
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
