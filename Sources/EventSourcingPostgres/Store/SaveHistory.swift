import EventSourcing
import SQLSchema

/// What has happened to a save so far, which decides whether it is tried again.
struct SaveHistory {
    /// How often a save is tried that never fails because of a race.
    private static let maximumAttempts = 50
    /// How often a save is tried whose connection breaks.
    private static let maximumLostConnections = 10

    private var attempts = 1
    private var lastVersion: Int?
    private var lostConnection: DatabaseError?
    private var lostConnections = 0

    init(_ lostConnection: DatabaseError? = nil) {
        self.lostConnection = lostConnection
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

    /// Judges any other failure of the database.
    mutating func mayTryAgain(after error: DatabaseError) -> Bool {
        attempts += 1
        switch error.code {
        case .transactionConflict: return attempts <= Self.maximumAttempts
        case .connectionLost:
            // The ids tell whether it had been saved, so it is safe to do it again.
            if lostConnection?.isOutcomeUnknown != true { lostConnection = error }
            lostConnections += 1
            return lostConnections <= Self.maximumLostConnections
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
