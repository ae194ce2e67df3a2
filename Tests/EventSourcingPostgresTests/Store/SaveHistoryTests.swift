import SQLSchema
import Testing

@testable import EventSourcingPostgres

@Suite("The history of a save")
struct SaveHistoryTests {
    private let start = ContinuousClock.now
    private var history = SaveHistory(patience: .seconds(30))

    private func loss(isOutcomeUnknown: Bool = true) -> DatabaseError {
        var error = DatabaseError(code: .connectionLost, engineCode: "08006", message: "\(isOutcomeUnknown)")
        error.isOutcomeUnknown = isOutcomeUnknown
        return error
    }

    @Test("ends some time after the connection broke for the first time")
    mutating func patience() {
        #expect(history.lostConnection(at: start + .seconds(600)) == nil)
        let first = start + .seconds(600)
        for second in [0, 10, 29] {
            let mayTryAgain = history.mayTryAgain(after: loss(), at: first + .seconds(second))
            #expect(mayTryAgain)
        }
        #expect(history.lostConnection(at: first + .seconds(29)) == nil)
        #expect(history.lostConnection(at: first + .seconds(30)) == loss())
        let mayTryAgain = history.mayTryAgain(after: loss(), at: first + .seconds(30))
        #expect(!mayTryAgain)
    }

    @Test("ends after ten broken connections, however fast they break")
    mutating func count() {
        let answers = (1...11).map { _ in history.mayTryAgain(after: loss(), at: start) }
        #expect(answers == Array(repeating: true, count: 10) + [false])
    }

    @Test("tells of the attempt that may have succeeded when nobody can be asked about it")
    mutating func unknown() {
        let away = DatabaseError(code: .cannotOpen, engineCode: "08001", message: "away")
        #expect(history.error(for: away) as? DatabaseError == away)
        _ = history.mayTryAgain(after: loss(isOutcomeUnknown: false), at: start)
        #expect(history.error(for: away) as? DatabaseError == away)
        _ = history.mayTryAgain(after: loss(), at: start)
        _ = history.mayTryAgain(after: loss(isOutcomeUnknown: false), at: start)
        #expect(history.error(for: away) as? DatabaseError == loss())
        #expect(history.error(for: PostgresPoolError.closed) as? DatabaseError == loss())
        #expect(history.error(for: CancellationError()) is CancellationError)
    }
}
