import Foundation

/// A line on a terminal that says how far a long command has come; nothing when the messages go elsewhere.
struct Progress {
    private let isShown: Bool
    private let noun: String
    private let total: Int?
    private let start = ContinuousClock.now
    private var lastShown = ContinuousClock.now

    /// Begins to count.
    ///
    /// - Parameters:
    ///   - noun: what is counted.
    ///   - isPrinting: whether the command prints its results meanwhile; on a terminal, they are the progress.
    ///   - total: how much there is to do, if that is known; asked for only when somebody sees it.
    init(_ noun: String, whilePrinting isPrinting: Bool = false, total: () throws -> Int?) rethrows {
        self.noun = noun
        isShown =
            FileDescriptor.standardError.isTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb"
            && !(isPrinting && FileDescriptor.standardOutput.isTerminal)
        self.total = isShown ? try total() : nil
    }

    /// Shows the count, the rate and what is left, a few times a second.
    ///
    /// - Parameters:
    ///   - count: how many, of the noun.
    ///   - done: how much of the total.
    mutating func update(_ count: Int, done: @autoclosure () -> Int) {
        guard isShown, lastShown.duration(to: .now) > .milliseconds(200) else { return }
        lastShown = .now
        let line = ProgressLine(
            count: count, noun: noun, elapsed: start.duration(to: .now), share: total.map { (done(), $0) })
        // A line that is broken could not be taken away.
        StandardError.show(line: String(line.text.prefix((FileDescriptor.standardError.columns ?? 80) - 1)))
    }

    /// Takes the line away.
    func finish() {
        if isShown { StandardError.clearLine() }
    }
}
