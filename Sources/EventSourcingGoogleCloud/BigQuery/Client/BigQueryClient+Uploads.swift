/// Sends the content of load jobs, in one request or in portions.
extension BigQueryClient {
    /// Content of this size and above is sent in portions.
    static let resumableThreshold = 5 << 20
    /// Portions end at a multiple of this.
    static let portionUnit = 256 << 10

    /// Sends a load job with its content, once. When it returns, BigQuery has the job.
    ///
    /// - Throws: ``GoogleCloudError``; without a status, or with one of 500 or above, BigQuery may have the job all the same.
    func load(
        _ job: LoadJob, _ batch: EncodedBatch, pause: @Sendable (Duration) async throws -> Void
    ) async throws {
        if batch.byteCount < Self.resumableThreshold {
            try await loadAtOnce(job, batch.content)
        } else {
            try await loadInPortions(job, batch, pause: pause)
        }
    }

    private func uploadURL(_ job: LoadJob, type: String) -> String {
        "\(configuration.endpoint)/upload/bigquery/v2/projects/\(Self.escaped(job.destination.project))/jobs"
            + "?uploadType=\(type)"
    }

    // MARK: In one request

    private func loadAtOnce(_ job: LoadJob, _ content: [UInt8]) async throws {
        // The checksum of the content is not part of it.
        let boundary = "event-store-\(job.checksum)"
        var body = Array("--\(boundary)\r\nContent-Type: application/json\r\n\r\n".utf8)
        body.reserveCapacity(content.count + 2048)
        body += job.json
        body += Array("\r\n--\(boundary)\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
        body += content
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        var request = try await request(
            "POST", url: uploadURL(job, type: "multipart"),
            headers: [("Content-Type", "multipart/related; boundary=\(boundary)")], body: body)
        request.timeout = .seconds(120)
        let response = try await transport.send(request)
        guard response.status < 400 else { throw GoogleCloudError(response, to: request) }
    }

    // MARK: In portions

    private func loadInPortions(
        _ job: LoadJob, _ batch: EncodedBatch, pause: @Sendable (Duration) async throws -> Void
    ) async throws {
        let start = try await request(
            "POST", url: uploadURL(job, type: "resumable"),
            headers: [
                ("Content-Type", "application/json"), ("X-Upload-Content-Type", "application/octet-stream"),
                ("X-Upload-Content-Length", "\(batch.byteCount)"),
            ], body: job.json)
        let response = try await transport.send(start)
        guard response.status < 400 else { throw GoogleCloudError(response, to: start) }
        guard let session = response.header("Location") else {
            throw GoogleCloudError(
                .unexpectedAnswer, "the answer names no URL for the upload", request: start.summary,
                status: response.status)
        }
        var offset = 0
        var failures = 0
        // How much has arrived is only known by asking, after whatever went wrong.
        var isInDoubt = false
        while true {
            do {
                let progress =
                    isInDoubt
                    ? try await ask(session, batch.byteCount)
                    : try await sendPortion(from: offset, of: batch, to: session)
                switch progress {
                case .complete: return
                case .stored(let count):
                    if count > offset { failures = 0 }
                    (offset, isInDoubt) = (count, false)
                }
            } catch let error as GoogleCloudError where error.leavesUploadOpen {
                failures += 1
                guard failures < 8 else { throw error }
                isInDoubt = true
                try await pause(error.retryAfter ?? .milliseconds(100 << min(failures, 8)))
            }
        }
    }

    private enum UploadProgress {
        case complete
        case stored(Int)
    }

    /// Sends what comes from a byte on, to the end of a part of the content.
    private func sendPortion(
        from offset: Int, of batch: EncodedBatch, to session: String
    ) async throws -> UploadProgress {
        let portion = batch.portion(from: offset)
        // All bytes have arrived, and yet the job has not been confirmed.
        guard !portion.isEmpty else { return try await ask(session, batch.byteCount) }
        let range = "bytes \(offset)-\(offset + portion.count - 1)/\(batch.byteCount)"
        var request = try await request(
            "PUT", url: session, headers: [("Content-Range", range)], body: Array(portion))
        request.timeout = .seconds(120)
        return try progress(try await transport.send(request), to: request)
    }

    private func ask(_ session: String, _ total: Int) async throws -> UploadProgress {
        let request = try await request("PUT", url: session, headers: [("Content-Range", "bytes */\(total)")], body: [])
        return try progress(try await transport.send(request), to: request)
    }

    private func progress(_ response: HTTPResponse, to request: HTTPRequest) throws -> UploadProgress {
        switch response.status {
        case 308:
            // Without the header nothing has been stored.
            let last = response.header("Range")?.split(separator: "-").last.flatMap { Int($0) }
            return .stored(last.map { $0 + 1 } ?? 0)
        case ..<400: return .complete
        default: throw GoogleCloudError(response, to: request)
        }
    }
}

extension GoogleCloudError {
    /// Whether the session of an upload goes on after this.
    fileprivate var leavesUploadOpen: Bool {
        guard let status else { return true }
        return RetryPolicy.isTransient(status)
    }
}
