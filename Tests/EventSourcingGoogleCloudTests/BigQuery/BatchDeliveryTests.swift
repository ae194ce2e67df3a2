import EventSourcing
import JSONText
import Testing

@testable import EventSourcingGoogleCloud

@Suite("What is done until BigQuery has a batch")
struct BatchDeliveryTests {
    private static func plan() -> BatchPlan {
        var batch = EncodedBatch()
        batch.append(Array("{}\n".utf8), position: 7)
        return BatchPlan(
            export: "default", from: 3, batch: batch, recipe: BatchRecipe(table: "events", columns: []),
            destination: BigQueryTableName(project: "p", dataset: "d", table: "t"), origin: "o", now: .now())
    }

    private func job(_ status: String, checksum: String? = nil) throws -> BigQueryJob {
        let label = checksum.map { #","configuration":{"labels":{"sha256":"\#($0)"}}"# } ?? ""
        return BigQueryJob(try JSONNode(parsing: Array(#"{"status":\#(status)\#(label)}"#.utf8)))
    }

    private func failed(_ reason: String) throws -> BigQueryJob {
        try job(#"{"state":"DONE","errorResult":{"reason":"\#(reason)","message":"no"}}"#)
    }

    private func error(_ status: Int?, _ reason: String? = nil, retryAfter: Duration? = nil) -> GoogleCloudError {
        GoogleCloudError(
            status == nil ? .unreachable : .refused, "no", status: status, reason: reason, retryAfter: retryAfter)
    }

    private func pause(_ step: BatchDelivery.Step) -> Duration? {
        switch step {
        case .send(let pause), .ask(let pause), .beginNextAttempt(let pause, _): pause
        case .succeed, .stop: nil
        }
    }

    @Test("A new batch is sent, and one that somebody may have sent is asked about")
    func beginning() {
        #expect(BatchDelivery.firstStep(isNew: true) == .send(after: .zero))
        #expect(BatchDelivery.firstStep(isNew: false) == .ask(after: .zero))
    }

    @Test("An accepted batch is asked about, more and more seldom, until it is done")
    func success() throws {
        var delivery = BatchDelivery(Self.plan())
        #expect(delivery.next(.accepted) == .ask(after: .milliseconds(50)))
        var pauses: [Duration] = []
        for _ in 0..<20 { pauses.append(try #require(pause(delivery.next(.job(try job(#"{"state":"RUNNING"}"#)))))) }
        #expect(pauses == pauses.sorted() && pauses.last == .seconds(5))
        // Errors that are listed without one that counts are rows that were tolerated.
        #expect(delivery.next(.job(try job(#"{"state":"DONE","errors":[{"reason":"invalid"}]}"#))) == .succeed)
    }

    @Test("After a lost answer the job is asked about, and what is not there is sent again with the same id")
    func doubt() throws {
        for doubtful in [error(nil), error(503), error(500, "backendError"), error(408)] {
            var delivery = BatchDelivery(Self.plan())
            guard case .ask = delivery.next(.error(doubtful, whileSending: true)) else {
                Issue.record("\(doubtful) is no reason to ask")
                continue
            }
            #expect(delivery.next(.job(nil)) == .send(after: .zero))
            // It had been accepted before.
            #expect(delivery.next(.error(error(409, "duplicate"), whileSending: true)) == .ask(after: .zero))
            // A job that was just accepted may not be found yet; it is not sent again because of that.
            guard case .ask = delivery.next(.job(nil)) else {
                Issue.record("a job that is known was not asked about")
                continue
            }
            #expect(delivery.next(.job(try job(#"{"state":"DONE"}"#))) == .succeed)
        }
    }

    @Test("Retry-After is waited for, a quota for ten minutes, and a rate for some seconds")
    func limits() throws {
        var delivery = BatchDelivery(Self.plan())
        #expect(
            delivery.next(.error(error(503, retryAfter: .seconds(90)), whileSending: true)) == .ask(after: .seconds(90))
        )
        #expect(delivery.next(.error(error(403, "quotaExceeded"), whileSending: true)) == .send(after: .seconds(600)))
        #expect(delivery.next(.error(error(403, "rateLimitExceeded"), whileSending: true)) == .send(after: .seconds(5)))
        #expect(delivery.next(.error(error(403, "rateLimitExceeded"), whileSending: false)) == .ask(after: .seconds(5)))
    }

    @Test("A job that fails for a while burns its id; one that fails for good stops")
    func failures() throws {
        for reason in ["backendError", "internalError", "rateLimitExceeded", "stopped"] {
            var delivery = BatchDelivery(Self.plan())
            guard case .beginNextAttempt = delivery.next(.job(try failed(reason))) else {
                Issue.record("\(reason) is transient")
                continue
            }
            // Of the new id nothing is known.
            #expect(delivery.next(.job(nil)) == .send(after: .zero))
        }
        for reason in ["invalid", "notFound", "accessDenied", "invalidQuery"] {
            var delivery = BatchDelivery(Self.plan())
            guard case .stop(.failed(let failure)) = delivery.next(.job(try failed(reason))) else {
                Issue.record("\(reason) is permanent")
                continue
            }
            #expect(failure.reason == reason)
        }
        var delivery = BatchDelivery(Self.plan())
        var count = 0
        while case .beginNextAttempt = delivery.next(.job(try failed("backendError"))) { count += 1 }
        #expect(count == BatchDelivery.maximumAttempts - 1)
    }

    @Test("What BigQuery refuses, long silence and the job of somebody else stop it")
    func stops() throws {
        var delivery = BatchDelivery(Self.plan())
        #expect(
            delivery.next(.error(error(403, "accessDenied"), whileSending: true))
                == .stop(.refused(error(403, "accessDenied"))))
        delivery = BatchDelivery(Self.plan())
        var total = Duration.zero
        while let pause = pause(delivery.next(.error(error(nil), whileSending: false))) { total += pause }
        #expect(total > .seconds(300) && total < .seconds(1200))
        #expect(delivery.next(.job(try job(#"{"state":"RUNNING"}"#, checksum: "other"))) == .stop(.otherContent))
    }

    @Test("The id of a job tells export, content, range and attempt, and another database's is another one")
    func jobIDs() throws {
        let plan = Self.plan()
        #expect(try #require(plan.jobID.wholeMatch(of: /es_default_[0-9a-f]{8}_3_7_a1/)).0.utf8.count < 1024)
        var batch = EncodedBatch()
        batch.append(Array("{}\n".utf8), position: 7)
        let other = BatchPlan(
            export: "default", from: 3, batch: batch, recipe: BatchRecipe(table: "events", columns: []),
            destination: plan.destination, origin: "another", now: .now())
        #expect(other.jobID != plan.jobID)
        #expect(!BatchPlan.isExportName("a b") && !BatchPlan.isExportName("") && BatchPlan.isExportName("a-B_9"))
    }
}
