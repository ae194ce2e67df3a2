public import SQLSchema

/// Why migrations cannot be read, are refused, or failed.
///
/// It prints as compilers do: the place, what is wrong, the line and a caret.
///
/// ```
/// migrations/sqlite/2_x.sql:3:14: error: no such column: foo (SQLITE_ERROR (1))
///     SELECT foo FROM orders;
///            ^
/// ```
public struct MigrationError: Error, Hashable, Sendable {
    /// The kind of problem. The first group is about input, the second about what a check found, the third about a
    /// migration that failed.
    public enum Code: String, Hashable, Sendable {
        /// The folder or a file cannot be read or written.
        case unreadable
        /// A file is not called `<version>_<name>.sql`.
        case invalidFileName
        /// Two files have one version.
        case duplicateVersion
        /// The text of a file breaks the format.
        case invalidFile
        /// The name of a new migration has no letter or digit, or the version that it would get is not free.
        case invalidName
        /// The version asked for does not exist, or is not applied.
        case unknownVersion
        /// A migration to be undone has nothing that undoes it.
        case notReversible

        /// A file is not applied.
        case pending
        /// An applied file was changed since.
        case edited
        /// An applied file is gone.
        case missing
        /// A pending version is lower than an applied one.
        case outOfOrder
        /// The database does not have the tables that the migrations give.
        case differentSchema

        /// The database refused a statement.
        case statementFailed
        /// A statement ended the transaction that it ran in.
        case transactionEnded
        /// It cannot be known whether a statement ran; a person decides.
        case undecided
        /// A migration is only half applied or half undone, which stands in the way.
        case unfinished
        /// Another process changed the history at the same time.
        case changedMeanwhile
    }

    /// The kind of problem.
    public var code: Code
    /// What is wrong and what to do about it, without the place.
    public var message: String
    /// Where it is; nil when no file is to blame.
    public var location: FileLocation?
    /// The line of that place; nil when the problem is the file as a whole.
    public var sourceLine: String?
    /// What the database said, when it was the database that refused.
    public var databaseError: DatabaseError?
    /// More problems that were found at the same time.
    public var further: [MigrationError]

    /// Creates an error.
    public init(
        _ code: Code, _ message: String, location: FileLocation? = nil, sourceLine: String? = nil,
        databaseError: DatabaseError? = nil
    ) {
        self.code = code
        self.message = message
        self.location = location
        self.sourceLine = sourceLine
        self.databaseError = databaseError
        further = []
    }

    /// Joins problems into one error; nil when there are none.
    public init?(_ problems: [MigrationError]) {
        let all = problems.flatMap(\.problems)
        guard let first = all.first else { return nil }
        self = first
        further = Array(all.dropFirst())
    }

    /// This problem and the further ones, each on its own.
    public var problems: [MigrationError] {
        var first = self
        first.further = []
        return [first] + further
    }
}
