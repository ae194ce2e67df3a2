/// Commits batches, for as long as it is lent.
package struct BatchCommitter<Columns: EventColumns> {
    /// Saves a batch in the order given; what it throws is everybody's outcome.
    let commit: ([StreamAppend<Columns>]) throws -> CommittedBatch
    /// Whether another batch may follow: it still works, and nobody else needs what it works with.
    let mayGoOn: () -> Bool

    package init(
        commit: @escaping ([StreamAppend<Columns>]) throws -> CommittedBatch, mayGoOn: @escaping () -> Bool
    ) {
        self.commit = commit
        self.mayGoOn = mayGoOn
    }
}

/// What became of the saves of a batch.
package struct CommittedBatch {
    package typealias Outcome = Result<SaveResult, any Error>

    /// One for each save in its order; nil for one that has to be tried alone.
    package var outcomes: [Outcome?]
    /// The error after which nobody knows whether those were saved that have to be tried alone; nil when they were not.
    package var failure: (any Error)?

    package init(_ outcomes: [Outcome?], failure: (any Error)? = nil) {
        self.outcomes = outcomes
        self.failure = failure
    }
}
