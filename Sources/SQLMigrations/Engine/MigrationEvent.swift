/// What a migrator tells while it works.
public enum MigrationEvent: Hashable, Sendable {
    /// A migration begins; `statementsDone` is above 0 when it goes on where it stopped.
    case applying(Migration, statementsDone: Int)
    /// A migration was applied and committed.
    case applied(MigrationRecord)
    /// The undoing of a migration begins.
    case undoing(Migration, statementsDone: Int)
    /// A migration was undone and is no longer in the history.
    case undone(MigrationRecord)
    /// A statement failed, and nothing of the migration remains.
    case rolledBack(Migration)
    /// A statement failed, and those before it remain, because the migration has `transaction:false`.
    case stopped(Migration, statementsDone: Int)
    /// A statement did not get a lock in time and gave way; it is tried again. The holder is the likely one, in words.
    case retrying(Migration, attempt: Int, holder: String?)
    /// What an earlier attempt left behind is removed before its statement runs again.
    case cleaningUp(Migration, remains: String)
    /// A statement was left out of a dry run, because it cannot be rolled back.
    case notTried(Migration, SQLStatement)
}
