import EventSourcing
import SQLSchema

/// What has happened to a save so far, which decides whether it is tried again.
struct SaveHistory {
    /// How often a save is tried that never fails because of a race.
    private static let maximumAttempts = 50
    /// How often a save is tried whose connection breaks.
    private static let maximumLostConnections = 10

    /// How long a save is tried after its connection broke for the first time: the others may be as bad.
    private let patience: Duration
    private var attempts = 1
    private var lastVersion: Int?
    private(set) var lostConnection: DatabaseError?
    private var lostConnections = 0
    private var deadline: ContinuousClock.Instant?

    init(patience: Duration) {
        self.patience = patience
    }

    var hasLostRace: Bool { lastVersion != nil }

    /// Judges a broken unique key.
    ///
    /// - Parameter version: the stream's version; when nobody has appended since the last race, it is another key.
    mutating func mayTryAgain(afterRaceAt version: Int) -> Bool {
        defer { lastVersion = version }
        attempts += 1
        return version != lastVersion && attempts <= Self.maximumAttempts
    }

    /// The connection that was lost when there is no time left for another attempt.
    func lostConnection(at now: ContinuousClock.Instant) -> DatabaseError? {
        deadline.map { now >= $0 } == true ? lostConnection : nil
    }

    /// Judges any other failure of the database.
    mutating func mayTryAgain(after error: DatabaseError, at now: ContinuousClock.Instant = .now) -> Bool {
        attempts += 1
        switch error.code {
        case .transactionConflict: return attempts <= Self.maximumAttempts
        case .connectionLost:
            // The ids tell whether it had been saved, so it is safe to do it again.
            if lostConnection?.isOutcomeUnknown != true { lostConnection = error }
            lostConnections += 1
            deadline = deadline ?? now + patience
            return lostConnections <= Self.maximumLostConnections && lostConnection(at: now) == nil
        default: return false
        }
    }

    /// What to report; when an answer was lost and nobody could be asked about it, that is what matters.
    func error(for error: any Error) -> any Error {
        guard let lostConnection, lostConnection.isOutcomeUnknown, error is DatabaseError || error is PostgresPoolError
        else { return error }
        return lostConnection
    }
}
