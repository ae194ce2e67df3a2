import Foundation
import JSONText
import Synchronization

/// Plays BigQuery's REST API for tests, as far as exports need it: datasets, tables, load jobs and asking for jobs.
///
/// As the service does, it takes the id of a job once, loads all rows of a job or none, finishes no job before it was asked
/// about, and keeps whole blocks of an upload that was cut. It keeps the rows as the lines that they were.
package final class FakeBigQuery: Sendable {
    /// A disturbance of the next request that it fits.
    package struct Fault: Sendable {
        package enum Effect: Sendable {
            /// Answers with an error, and does nothing.
            case refuse(status: Int, reason: String, retryAfter: Int? = nil)
            /// Does what was asked for, and then closes the connection without an answer.
            case loseAnswer
            /// Cuts the connection after so many bytes of the body.
            case cut(after: Int)
        }

        let method: String
        let path: String
        let effect: Effect

        /// - Parameter path: A part of the path.
        package init(_ effect: Effect, _ method: String, _ path: String) {
            self.effect = effect
            self.method = method
            self.path = path
        }

        func fits(_ request: TestHTTPRequest) -> Bool {
            request.method == method && request.path.contains(path)
        }
    }

    private struct Job {
        let configuration: JSONNode
        let content: [UInt8]
        /// How often it is still running when it is asked about.
        var pollsLeft: Int
        var error: (reason: String, messages: [String])?
        var isDone = false
    }

    private struct Upload {
        let job: JSONNode
        let total: Int
        var bytes: [UInt8] = []
    }

    private struct State {
        var tables: [String: (json: String, fields: JSONNode, version: Int)] = [:]
        var rows: [String: [String]] = [:]
        var jobs: [String: Job] = [:]
        var uploads: [String: Upload] = [:]
        var faults: [Fault] = []
        var nextPolls: [Int] = []
        var nextErrors: [String] = []
    }

    private let state = Mutex(State())
    private let server = Mutex<TestHTTPServer?>(nil)
    private static let block = 256 << 10

    /// The beginning of all URLs.
    package var url: String { server.withLock { $0?.url ?? "" } }

    /// All requests so far.
    package var requests: [TestHTTPRequest] { server.withLock { $0?.requests ?? [] } }

    /// Starts to listen.
    package static func start() async throws -> FakeBigQuery {
        let fake = FakeBigQuery()
        let server = try await TestHTTPServer.start { request in
            fake.state.withLock { fake.takeCut(request, &$0) }
        } _: { request in
            fake.state.withLock { fake.answer(request, &$0) }
        }
        fake.server.withLock { $0 = server }
        return fake
    }

    package func stop() async {
        await server.withLock { $0 }?.stop()
    }

    // MARK: What tests say and see

    package func add(_ faults: Fault...) {
        state.withLock { $0.faults += faults }
    }

    /// The next jobs are running for so many polls.
    package func run(forPolls polls: Int...) {
        state.withLock { $0.nextPolls += polls }
    }

    /// The next jobs fail, for these reasons.
    package func failJobs(_ reasons: String...) {
        state.withLock { $0.nextErrors += reasons }
    }

    /// The rows of a table, `dataset.table`.
    package func rows(of table: String) -> [String] {
        state.withLock { $0.rows[table] ?? [] }
    }

    /// The ids of all jobs.
    package var jobIDs: [String] { state.withLock { $0.jobs.keys.sorted() } }

    // MARK: Answers

    private func takeCut(_ request: TestHTTPRequest, _ state: inout State) -> Int? {
        for (index, fault) in state.faults.enumerated() where fault.fits(request) {
            if case .cut(let count) = fault.effect {
                state.faults.remove(at: index)
                return count
            }
        }
        return nil
    }

    private func answer(_ request: TestHTTPRequest, _ state: inout State) -> TestHTTPAnswer {
        let index = state.faults.firstIndex { fault in
            if case .cut = fault.effect { return false }
            return fault.fits(request)
        }
        guard let fault = index.map({ state.faults.remove(at: $0) }) else { return route(request, &state) }
        switch fault.effect {
        case .refuse(let status, let reason, let retryAfter):
            return error(status, reason, headers: retryAfter.map { ["Retry-After": "\($0)"] } ?? [:])
        default:
            _ = route(request, &state)
            return .hangUp
        }
    }

    private func error(_ status: Int, _ reason: String, headers: [String: String] = [:]) -> TestHTTPAnswer {
        .json(
            #"{"error":{"code":\#(status),"message":"\#(reason)","errors":[{"reason":"\#(reason)"}]}}"#, status: status,
            headers: headers)
    }

    private func route(_ request: TestHTTPRequest, _ state: inout State) -> TestHTTPAnswer {
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.first == "upload" { return upload(request, &state) }
        // bigquery, v2, projects, P, …
        switch (request.method, parts.count > 4 ? parts[4] : "", parts.count) {
        case ("GET", "jobs", 6): return poll(parts[5], &state)
        case ("POST", "datasets", 7): return create(request, dataset: parts[5], &state)
        case ("GET", "datasets", 8): return table("\(parts[5]).\(parts[7])", state)
        case ("PATCH", "datasets", 8): return patch(request, "\(parts[5]).\(parts[7])", &state)
        case ("DELETE", "datasets", 8):
            state.tables["\(parts[5]).\(parts[7])"] = nil
            return .answer(status: 204)
        default: return error(404, "notFound")
        }
    }

    // MARK: Tables

    private func create(_ request: TestHTTPRequest, dataset: String, _ state: inout State) -> TestHTTPAnswer {
        guard let body = try? JSONNode(parsing: request.body), let fields = body["schema"]?["fields"],
            let id = body["tableReference"]?["tableId"]?.string
        else { return error(400, "invalid") }
        let name = "\(dataset).\(id)"
        if state.tables[name] != nil { return error(409, "duplicate") }
        state.tables[name] = (String(decoding: request.body, as: UTF8.self), fields, 1)
        state.rows[name] = []
        return table(name, state)
    }

    private func table(_ name: String, _ state: State) -> TestHTTPAnswer {
        guard let table = state.tables[name] else { return error(404, "notFound") }
        let members = table.json.drop { $0 != "{" }.dropFirst()
        return .json(
            #"{"etag":"e\#(table.version)","location":"EU","numRows":"\#(state.rows[name]?.count ?? 0)",\#(members)"#)
    }

    private func patch(_ request: TestHTTPRequest, _ name: String, _ state: inout State) -> TestHTTPAnswer {
        guard let table = state.tables[name] else { return error(404, "notFound") }
        guard request.headers["if-match"] == "e\(table.version)" else { return error(412, "conditionNotMet") }
        guard let body = try? JSONNode(parsing: request.body), let fields = body["schema"]?["fields"] else {
            return error(400, "invalid")
        }
        state.tables[name] = (String(decoding: request.body, as: UTF8.self), fields, table.version + 1)
        return self.table(name, state)
    }

    // MARK: Uploads

    private func upload(_ request: TestHTTPRequest, _ state: inout State) -> TestHTTPAnswer {
        switch (request.method, request.query["uploadType"], request.query["upload_id"]) {
        case ("POST", "multipart", _):
            let text = request.body
            guard let (job, content) = Self.parts(of: text, request.headers["content-type"] ?? "") else {
                return error(400, "parseError")
            }
            return begin(job, content, &state)
        case ("POST", "resumable", _):
            guard let job = try? JSONNode(parsing: request.body), let id = job["jobReference"]?["jobId"]?.string else {
                return error(400, "parseError")
            }
            if state.jobs[id] != nil { return error(409, "duplicate") }
            let total = Int(request.headers["x-upload-content-length"] ?? "") ?? 0
            state.uploads["u\(state.uploads.count)"] = Upload(job: job, total: total)
            let location =
                "\(url)/upload/bigquery/v2/projects/p/jobs?uploadType=resumable&upload_id=u\(state.uploads.count - 1)"
            return .answer(status: 200, headers: ["Location": location])
        case ("PUT", _, let id?): return receive(request, id, &state)
        default: return error(400, "invalid")
        }
    }

    private func receive(_ request: TestHTTPRequest, _ id: String, _ state: inout State) -> TestHTTPAnswer {
        guard var upload = state.uploads[id] else { return error(404, "notFound") }
        let range = request.headers["content-range"] ?? ""
        if let match = range.firstMatch(of: /bytes (\d+)-(\d+)\/\d+/), let start = Int(match.1), let end = Int(match.2)
        {
            guard start == upload.bytes.count else { return error(400, "invalid") }
            let isComplete = request.body.count == end - start + 1
            guard !isComplete || end + 1 == upload.total || request.body.count % Self.block == 0 else {
                return error(400, "invalid")
            }
            upload.bytes += request.body.prefix(
                isComplete ? request.body.count : request.body.count / Self.block * Self.block)
            state.uploads[id] = upload
        }
        guard upload.bytes.count == upload.total else {
            let headers = upload.bytes.isEmpty ? [:] : ["Range": "bytes=0-\(upload.bytes.count - 1)"]
            return .answer(status: 308, headers: headers)
        }
        let id = upload.job["jobReference"]?["jobId"]?.string ?? ""
        // The upload's own job: the last answer was lost.
        if let job = state.jobs[id], job.content == upload.bytes { return .json("{}") }
        return begin(upload.job, upload.bytes, &state)
    }

    /// The job and the content of a multipart body (RFC 2387).
    private static func parts(of body: [UInt8], _ type: String) -> (JSONNode, [UInt8])? {
        guard let boundary = type.split(separator: "boundary=").last else { return nil }
        let data = Data(body)
        let mark = Data("--\(boundary)".utf8)
        let blank = Data("\r\n\r\n".utf8)
        guard let first = data.range(of: mark), let start = data.range(of: blank, in: first.upperBound..<data.endIndex),
            let second = data.range(of: Data("\r\n".utf8) + mark, in: start.upperBound..<data.endIndex),
            let content = data.range(of: blank, in: second.upperBound..<data.endIndex),
            let end = data.range(of: Data("\r\n--\(boundary)--".utf8), in: content.upperBound..<data.endIndex),
            let job = try? JSONNode(parsing: Array(data[start.upperBound..<second.lowerBound]))
        else { return nil }
        return (job, Array(data[content.upperBound..<end.lowerBound]))
    }

    // MARK: Jobs

    private func begin(_ job: JSONNode, _ content: [UInt8], _ state: inout State) -> TestHTTPAnswer {
        guard let id = job["jobReference"]?["jobId"]?.string, let configuration = job["configuration"] else {
            return error(400, "invalid")
        }
        if state.jobs[id] != nil { return error(409, "duplicate") }
        let polls = state.nextPolls.isEmpty ? 0 : state.nextPolls.removeFirst()
        var new = Job(configuration: configuration, content: content, pollsLeft: polls)
        if !state.nextErrors.isEmpty {
            let reason = state.nextErrors.removeFirst()
            new.error = (reason, [reason])
        }
        state.jobs[id] = new
        return .json(#"{"status":{"state":"RUNNING"}}"#)
    }

    private func poll(_ id: String, _ state: inout State) -> TestHTTPAnswer {
        guard var job = state.jobs[id] else { return error(404, "notFound") }
        if job.pollsLeft > 0 {
            job.pollsLeft -= 1
            state.jobs[id] = job
            return .json(#"{"status":{"state":"RUNNING"}}"#)
        }
        if !job.isDone {
            if job.error == nil { job.error = load(job, &state) }
            job.isDone = true
            state.jobs[id] = job
        }
        let checksum = job.configuration["labels"]?["sha256"]?.string ?? ""
        let labels = #""configuration":{"labels":{"sha256":"\#(checksum)"}}"#
        guard let failure = job.error else { return .json(#"{"status":{"state":"DONE"},\#(labels)}"#) }
        let errors = failure.messages.map { #"{"reason":"invalid","message":"\#($0)"}"# }.joined(separator: ",")
        return .json(
            """
            {"status":{"state":"DONE","errorResult":{"reason":"\(failure.reason)","message":"\(failure.messages[0])"},
            "errors":[\(errors)]},\(labels)}
            """)
    }

    /// Loads all rows, or says which is not as the table's columns are.
    private func load(_ job: Job, _ state: inout State) -> (reason: String, messages: [String])? {
        let table = job.configuration["load"]?["destinationTable"]
        let name = "\(table?["datasetId"]?.string ?? "").\(table?["tableId"]?.string ?? "")"
        guard let fields = state.tables[name]?.fields.items else { return ("notFound", ["Not found: Table \(name)"]) }
        let known = Set(fields.compactMap { $0["name"]?.string })
        let required = fields.filter { $0["mode"]?.string == "REQUIRED" }.compactMap { $0["name"]?.string }
        var lines: [String] = []
        var offset = 0
        for line in job.content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            let members = (try? JSONNode(parsing: Array(line)))?.members?.map(\.key)
            guard let members, known.isSuperset(of: members), required.allSatisfy({ members.contains($0) }) else {
                let place = "JSON parsing error in row starting at position \(offset)"
                return ("invalid", ["JSON table encountered too many errors", place])
            }
            offset += line.count + 1
            lines.append(String(decoding: line, as: UTF8.self))
        }
        let replaces = job.configuration["load"]?["writeDisposition"]?.string == "WRITE_TRUNCATE"
        state.rows[name] = (replaces ? [] : state.rows[name] ?? []) + lines
        return nil
    }
}
