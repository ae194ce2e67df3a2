import ArgumentParser
import EventSourcingSQLite

#if GoogleCloud
    import EventSourcingGoogleCloud
#endif

/// What an exit code says.
enum ExitStatus: Int32 {
    case done = 0
    case checkFailed = 1
    case usage = 2
    case database = 3
    case conflict = 4
    case migrationFailed = 5
    case interrupted = 130
    case readerGone = 141
    case terminated = 143

    /// The code for an error that ended a command.
    init(_ error: any Error) {
        self =
            switch error {
            case let error as Interrupted: error.signal.exitStatus
            case is ReaderGone: .readerGone
            case is CheckFailure, is FindingsError, is SchemaMismatchError: .checkFailed
            case let error as TargetsFailed: error.status
            case is ConcurrencyError: .conflict
            case let error as MigrationError: ExitStatus(error.code)
            case let error as ImportError: ExitStatus(error.underlying)
            case let error as DatabaseError: ExitStatus(error.code)
            default: Self.googleCloud(error) ?? .usage
            }
    }

    /// What Google's services are to a command is a database, too.
    private static func googleCloud(_ error: any Error) -> ExitStatus? {
        #if GoogleCloud
            switch error {
            case is GoogleCloudError: return .database
            case let error as BigQueryExportError where [.refused, .noAnswer].contains(error.code): return .database
            default: return nil
            }
        #else
            return nil
        #endif
    }

    private init(_ code: MigrationError.Code) {
        switch code {
        case .pending, .edited, .missing, .outOfOrder, .differentSchema: self = .checkFailed
        case .statementFailed, .transactionEnded, .undecided, .unfinished, .changedMeanwhile: self = .migrationFailed
        default: self = .usage
        }
    }

    private init(_ code: DatabaseError.Code) {
        switch code {
        // The values of one event broke a rule of the table.
        case .uniqueViolation, .constraintViolation, .tooLarge: self = .usage
        default: self = .database
        }
    }
}

/// A check that found something; what it found has been printed.
struct CheckFailure: Error, CustomStringConvertible {
    let description: String
}

/// Whoever reads the standard output has had enough, as `head` has; nobody needs to be told.
struct ReaderGone: Error {}

/// A setting or an argument that cannot be used.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// The package trait is off.
    static let noPostgres = UsageError(
        "this event-store was built without PostgreSQL; build it with the trait Postgres of swift-event-store")

    /// The package trait is off.
    static let noGoogleCloud = UsageError(
        "this event-store was built without Google Cloud; build it with the trait GoogleCloud of swift-event-store")
}
