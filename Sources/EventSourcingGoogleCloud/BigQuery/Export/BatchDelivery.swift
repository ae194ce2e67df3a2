/// What to do and to ask until it is known that BigQuery has a batch: a pure value.
///
/// A job's id can be used once. So whatever is in doubt, because an answer was lost or came too late, is asked about by the
/// id, and when there is no such job, the same is sent once more with the same id: either it is accepted now, or it turns out
/// to have been accepted before.
struct BatchDelivery: Hashable, Sendable {
    /// What to do next.
    enum Step: Hashable, Sendable {
        /// Send the batch with the id of this attempt.
        case send(after: Duration)
        /// Ask what the job of this attempt does.
        case ask(after: Duration)
        /// BigQuery has the batch.
        case succeed
        /// The id is burned: keep that, and go on with the next attempt.
        case beginNextAttempt(after: Duration, BigQueryJob.Failure)
        /// Nothing more can be done by a program.
        case stop(Stop)
    }

    /// Why a batch cannot go on by itself.
    enum Stop: Error, Hashable, Sendable {
        /// The job failed because of what is in the batch, or in the table.
        case failed(BigQueryJob.Failure)
        /// BigQuery refused the request.
        case refused(GoogleCloudError)
        /// There is a job of this id with another content.
        case otherContent
        /// BigQuery has not answered for long.
        case noAnswer(GoogleCloudError)
    }

    /// What has been learned.
    enum Answer: Hashable, Sendable {
        /// The batch was sent, and accepted.
        case accepted
        /// What the job does; nil when there is none of this id.
        case job(BigQueryJob?)
        /// What came instead of an answer to the last request.
        case error(GoogleCloudError, whileSending: Bool)
    }

    /// How many attempts may fail one after the other.
    static let maximumAttempts = 10
    /// How many requests in a row may remain without an answer; with the pauses, that is some ten minutes.
    static let maximumFailures = 24

    private let checksum: String
    private var attempt: Int
    /// Whether BigQuery has said that there is a job of this id.
    private var isKnown = false
    private var failures = 0
    private var polls = 0
    private var searches = 0

    /// Begins with what the plan says.
    init(_ plan: BatchPlan) {
        checksum = plan.checksum
        attempt = plan.attempt
    }

    /// The first step: a batch that may have been sent before is asked about.
    static func firstStep(isNew: Bool) -> Step {
        isNew ? .send(after: .zero) : .ask(after: .zero)
    }

    /// The step after an answer.
    mutating func next(_ answer: Answer) -> Step {
        switch answer {
        case .accepted:
            (failures, isKnown) = (0, true)
            return .ask(after: .milliseconds(50))
        case .job(let job?):
            (failures, isKnown) = (0, true)
            return next(job)
        case .job(nil):
            failures = 0
            guard isKnown else { return .send(after: .zero) }
            // Right after a job was accepted it may not be found yet.
            searches += 1
            guard searches < 12 else {
                isKnown = false
                return .send(after: .zero)
            }
            return .ask(after: Self.growing(searches, from: .milliseconds(100), to: .seconds(10)))
        case .error(let error, let isSending): return next(error, isSending)
        }
    }

    private mutating func next(_ job: BigQueryJob) -> Step {
        if let other = job.checksum, other != checksum { return .stop(.otherContent) }
        switch job.state {
        case .succeeded: return .succeed
        case .running:
            polls += 1
            return .ask(after: Self.growing(polls, from: .milliseconds(100), to: .seconds(5)))
        case .failed(let failure):
            guard failure.isTransient, attempt < Self.maximumAttempts else { return .stop(.failed(failure)) }
            let pause = Self.pause(after: failure.reason, Self.growing(attempt, from: .seconds(1), to: .seconds(120)))
            attempt += 1
            (isKnown, polls, searches) = (false, 0, 0)
            return .beginNextAttempt(after: pause, failure)
        }
    }

    private mutating func next(_ error: GoogleCloudError, _ isSending: Bool) -> Step {
        failures += 1
        let pause = max(
            error.retryAfter ?? .zero, Self.growing(failures, from: .milliseconds(200), to: .seconds(32)))
        if isSending, error.status == 409 || error.reason == "duplicate" {
            isKnown = true
            return .ask(after: .zero)
        }
        let isLimit =
            ["rateLimitExceeded", "quotaExceeded", "jobRateLimitExceeded"].contains(error.reason ?? "")
            || error.status == 429
        let isDoubt = error.status.map(RetryPolicy.isTransient) ?? [.unreachable, .timedOut].contains(error.code)
        guard isLimit || isDoubt else { return .stop(.refused(error)) }
        guard failures < Self.maximumFailures else { return .stop(.noAnswer(error)) }
        if isLimit {
            let longer = Self.pause(after: error.reason ?? "", pause)
            return isSending ? .send(after: longer) : .ask(after: longer)
        }
        return .ask(after: pause)
    }

    /// A quota is counted over ten minutes or more.
    private static func pause(after reason: String, _ usual: Duration) -> Duration {
        switch reason {
        case "quotaExceeded": max(usual, .seconds(600))
        case "rateLimitExceeded", "jobRateLimitExceeded": max(usual, .seconds(5))
        default: usual
        }
    }

    private static func growing(_ count: Int, from first: Duration, to longest: Duration) -> Duration {
        min(first * (1 << min(count - 1, 16)), longest)
    }
}
