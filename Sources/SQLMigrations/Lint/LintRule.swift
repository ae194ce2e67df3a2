/// What a migration can be found to do that it should not do unnoticed, the worst first.
package enum LintRule: String, CaseIterable, Hashable, Sendable {
    /// Events are less protected from changes than before.
    case guardWeakened = "guard-weakened"
    /// Events are written, or taken away.
    case historyChanged = "history-changed"
    /// What arbitrates conflicts, or numbers the events, is another.
    case streamKeyChanged = "stream-key-changed"
    /// A crash empties the table of events.
    case unlogged
    /// Every row of a table is written anew, while nobody can use it.
    case tableRewrite = "table-rewrite"
    /// Every row of a table is read, while nobody can write to it.
    case scanUnderLock = "scan-under-lock"
    /// An index is built while nobody can write.
    case blockingIndex = "blocking-index"
    /// An index was left that is of no use.
    case invalidIndex = "invalid-index"
    /// A statement cannot run in the transaction of its file.
    case outsideTransaction = "outside-transaction"
    /// Programs that are running stop to work.
    case incompatible
    /// Whether it works depends on the rows that are there.
    case dependsOnData = "depends-on-data"
    /// Rows are read or written while an earlier statement keeps everybody out.
    case longLock = "long-lock"
    /// Every save runs something more.
    case eventsTrigger = "events-trigger"
    /// Nothing ends a wait for a lock.
    case noLockTimeout = "no-lock-timeout"
    /// A comment allows what does not happen.
    case unusedWaiver = "unused-waiver"

    /// Whether what events are worth is at stake, and not only time.
    package var isSevere: Bool {
        switch self {
        case .guardWeakened, .historyChanged, .streamKeyChanged, .unlogged: true
        default: false
        }
    }

    /// Whether it only matters when the table has rows, and programs that use it.
    package var isAboutUse: Bool {
        switch self {
        case .guardWeakened, .streamKeyChanged, .unusedWaiver, .invalidIndex, .outsideTransaction: false
        default: true
        }
    }
}

extension LintRule {
    /// Why it matters.
    package var reason: String {
        switch self {
        case .guardWeakened:
            "events are the history of everything; what can change them makes every replay and audit doubtful"
        case .historyChanged:
            "events are only ever appended by saves: readers of the feed, and snapshots, have used them as they are"
        case .streamKeyChanged:
            "UNIQUE (aggregate_id, version) decides which of two concurrent saves wins, and positions must ascend: without "
                + "them events are lost without an error"
        case .unlogged: "after a crash PostgreSQL empties a table that is not logged"
        case .tableRewrite:
            "the table is locked for as long as it takes to write all its rows, and saves and reads wait"
        case .scanUnderLock: "writes wait for as long as it takes to read all rows"
        case .blockingIndex: "writes wait until the index is built"
        case .invalidIndex: "an index that is not valid slows every write down, and no query uses it"
        case .outsideTransaction: "the server refuses it, so the migration cannot be applied"
        case .incompatible: "while it is rolled out, programs that were built before run on the new schema"
        case .dependsOnData: "it works on an empty database and fails where there are rows"
        case .longLock: "the lock is held until the file's transaction ends, and everybody waits that long"
        case .eventsTrigger: "it runs within every save, and can slow it down or make it fail"
        case .noLockTimeout: "while the statement waits for its lock, everything that comes after it waits, too"
        case .unusedWaiver: "it would hide a finding that somebody adds later"
        }
    }

    /// How it is written safely.
    package var advice: String {
        switch self {
        case .guardWeakened:
            "leave the guard as it is; grant SELECT and INSERT only; correct an event by saving another one"
        case .historyChanged: "correct an event by saving another one, through the store; or read it in another way"
        case .streamKeyChanged: "leave the key and the column position as the standard migration creates them"
        case .unlogged: "leave the table logged"
        case .tableRewrite:
            "add a column with the new type, fill it in small steps, let programs use it, and drop the old one later"
        case .scanUnderLock:
            "add the constraint NOT VALID, and VALIDATE it in a file of its own; before SET NOT NULL, validate "
                + "CHECK (… IS NOT NULL)"
        case .blockingIndex:
            "CREATE INDEX CONCURRENTLY in a file with `-- migrate:up transaction:false`; a constraint then takes it over "
                + "with ADD CONSTRAINT … USING INDEX"
        case .invalidIndex: "DROP INDEX CONCURRENTLY, put the rows right, and build it again"
        case .outsideTransaction: "give it a file of its own with `-- migrate:up transaction:false`"
        case .incompatible:
            "do it in steps: add the new, let programs use it, and remove the old when none needs it any more; a new "
                + "column needs a default, or to allow NULL"
        case .dependsOnData: "put the rows right in a migration before this one, or give the column a default"
        case .longLock: "put the work on rows into a file of its own"
        case .eventsTrigger: "read the feed instead, which runs beside the saves"
        case .noLockTimeout: "leave lock_timeout as the migrator sets it, and let it try again"
        case .unusedWaiver: "remove the comment"
        }
    }
}
