import EventSourcingSQLite
import SQLiteTestSupport

/// A save that a writer is about to make, and what it does when the store refuses it.
struct SavePlan: Sendable {
    private enum Expectation {
        case any, exists, noStream, exact
    }

    /// What follows when a save has thrown.
    enum Step: Sendable {
        case tryAgain(ExpectedVersion)
        case giveUp(reason: String)
    }

    let stream: String
    let ids: [String]
    private let expectation: Expectation
    private let triesAgain: Bool

    /// A plan of the kind that applications have: small, and mostly for a stream that others write to as well.
    static func random() -> SavePlan {
        let ids = (0..<Int.random(in: 1...4)).map { _ in Event<StandardColumns>.makeID() }
        let hot = "hot-\(Int.random(in: 0..<3))"
        let warm = "warm-\(Int.random(in: 0..<50))"
        return switch Int.random(in: 0..<20) {
        case 0..<8: SavePlan(stream: hot, ids: ids, expectation: .any, triesAgain: true)
        case 8..<14: SavePlan(stream: hot, ids: ids, expectation: .exact, triesAgain: true)
        case 14..<16: SavePlan(stream: hot, ids: ids, expectation: .exact, triesAgain: false)
        case 16..<18: SavePlan(stream: warm, ids: ids, expectation: .exists, triesAgain: false)
        case 18: SavePlan(stream: warm, ids: ids, expectation: .noStream, triesAgain: false)
        default: SavePlan(stream: "own-\(ids[0])", ids: ids, expectation: .noStream, triesAgain: true)
        }
    }

    /// A plan to save what is in doubt again, with the same ids.
    init(again stream: String, ids: [String]) {
        self.init(stream: stream, ids: ids, expectation: .any, triesAgain: true)
    }

    private init(stream: String, ids: [String], expectation: Expectation, triesAgain: Bool) {
        self.stream = stream
        self.ids = ids
        self.expectation = expectation
        self.triesAgain = triesAgain
    }

    /// The events that are saved.
    var events: [Event<StandardColumns>] { ids.map { .selfDescribing($0) } }

    /// Whether the stream's version must be asked for before the save.
    var needsVersion: Bool { expectation == .exact }

    func expectedVersion(_ version: Int) -> ExpectedVersion {
        switch expectation {
        case .any: .any
        case .exists: .exists
        case .noStream: .noStream
        case .exact: .exact(version)
        }
    }

    /// Decides what to do about an error that a writer must be able to live with; throws any other.
    func step(after error: any Error, expected: ExpectedVersion) throws -> Step {
        switch error {
        case let error as ConcurrencyError where triesAgain: return .tryAgain(.exact(error.actual))
        case is ConcurrencyError: return .giveUp(reason: "conflict")
        case is CancellationError: return .giveUp(reason: "cancelled")
        default: throw error
        }
    }
}
