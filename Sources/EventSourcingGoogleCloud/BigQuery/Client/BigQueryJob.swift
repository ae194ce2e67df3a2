import JSONText

/// What BigQuery says of a job.
struct BigQueryJob: Hashable, Sendable {
    /// Why a job failed.
    struct Failure: Hashable, Sendable {
        let reason: String
        let message: String
        /// All messages, of which one may name a row.
        let details: [String]

        /// Whether another attempt may succeed without anybody doing anything.
        var isTransient: Bool {
            let reasons = [
                "backendError", "internalError", "jobBackendError", "jobInternalError", "rateLimitExceeded",
                "jobRateLimitExceeded", "quotaExceeded", "badGateway", "stopped", "tableUnavailable", "timeout",
            ]
            return reasons.contains(reason)
        }

        /// The byte at which a bad row begins, as far as BigQuery says so.
        var rowOffset: Int? {
            for text in details {
                if let match = text.firstMatch(of: /row starting at position:? (\d+)/) { return Int(match.1) }
            }
            return nil
        }
    }

    /// How far it is.
    enum State: Hashable, Sendable {
        case running
        case succeeded
        case failed(Failure)
    }

    let state: State
    /// The SHA-256 among its labels, as far as it has one.
    let checksum: String?
    /// How many rows a load has written, or a statement has changed.
    let rowCount: Int?

    /// Reads an answer.
    init(_ node: JSONNode) {
        let status = node["status"]
        checksum = node["configuration"]?["labels"]?["sha256"]?.string
        let statistics = node["statistics"]
        rowCount =
            statistics?["load"]?["outputRows"]?.wholeNumber ?? statistics?["query"]?["numDmlAffectedRows"]?.wholeNumber
        if status?["state"]?.string != "DONE" {
            state = .running
        } else if let error = status?["errorResult"] {
            let details = (status?["errors"]?.items ?? []).compactMap { $0["message"]?.string }
            let message = error["message"]?.string ?? ""
            state = .failed(
                Failure(reason: error["reason"]?.string ?? "", message: message, details: [message] + details))
        } else {
            state = .succeeded
        }
    }
}
