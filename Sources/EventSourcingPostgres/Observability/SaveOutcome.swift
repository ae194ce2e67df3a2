import CoreMetrics
import EventSourcing
import SQLSchema

/// How a save ended, for whoever counts.
enum SaveOutcome: String, CaseIterable {
    case saved, conflict, duplicate, invalid, cancelled, unknown, failed

    init(_ error: any Error) {
        self =
            switch error {
            case is ConcurrencyError: .conflict
            case is DuplicateEventError: .duplicate
            case is InvalidEventError, is InvalidArgumentError: .invalid
            case is CancellationError: .cancelled
            case let error as DatabaseError where error.isOutcomeUnknown: .unknown
            default: .failed
            }
    }
}

/// Why a save is tried again.
enum RetryReason: String, CaseIterable {
    /// Somebody else was faster.
    case race
    /// The server ended the transaction in favour of another one.
    case transactionConflict = "transaction_conflict"
    case connectionLost = "connection_lost"
    /// Somebody else held a lock for longer than others should have to wait.
    case blocked
    /// A batch could not save it, which may be a neighbour's fault.
    case batch
    /// The server refused it, and is asked once more.
    case refused

    init(_ error: DatabaseError) {
        self =
            switch error.code {
            case .uniqueViolation: .race
            case .transactionConflict: .transactionConflict
            case .connectionLost: .connectionLost
            case .busy: .blocked
            default: .refused
            }
    }
}

/// What kind of error it is, without anything that it says: its message may quote what a caller gave.
struct ErrorKind {
    /// `ConcurrencyError`, `DatabaseError.connectionLost`.
    let name: String
    /// The SQLSTATE; nil for an error that is not the server's.
    let sqlState: String?

    init(_ error: any Error) {
        switch error {
        case let error as DatabaseError:
            name = "DatabaseError.\(error.code.rawValue)"
            sqlState = error.engineCode
        case let error as PostgresPoolError:
            name = "PostgresPoolError.\(error.code.rawValue)"
            sqlState = nil
        default:
            name = "\(type(of: error))"
            sqlState = nil
        }
    }
}
