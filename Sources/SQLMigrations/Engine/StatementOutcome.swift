/// What became of a statement that cannot run in a transaction, as the catalog of the database shows it.
public enum StatementOutcome: Hashable, Sendable {
    /// The database cannot tell.
    case unknown
    /// It has not run, so that it can be run again.
    case notRun
    /// It has run to its end.
    case done
    /// It has left something behind that is of no use, such as an invalid index.
    ///
    /// - Parameters:
    ///   - remains: What is there, in words.
    ///   - cleanUp: The statement that takes it away.
    case halfDone(remains: String, cleanUp: String)
}
