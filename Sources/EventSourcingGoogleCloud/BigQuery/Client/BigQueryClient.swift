import EventSourcing
import Foundation
import JSONText

/// Talks to BigQuery's REST API: <https://cloud.google.com/bigquery/docs/reference/rest>.
///
/// What may be carried out twice is repeated when the service fails. What must not be is sent once, and whoever sends it
/// finds out what became of it by the id of the job.
struct BigQueryClient: Sendable {
    let configuration: BigQueryConfiguration
    /// Sends a request once.
    let transport: any HTTPTransport
    /// Sends a request until there is an answer that means something.
    let retrying: any HTTPTransport

    init(
        _ configuration: BigQueryConfiguration, transport: any HTTPTransport = AsyncHTTPTransport(),
        retries: RetryPolicy = RetryPolicy(attempts: 8),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.configuration = configuration
        self.transport = transport
        retrying = RetryingTransport(transport: transport, policy: retries, sleep: sleep)
    }

    // MARK: Tables

    /// A table as it is now.
    struct LiveTable: Sendable {
        let table: BigQueryTable
        let etag: String
        let location: String?
        let rowCount: Int
    }

    /// Asks for a table; nil when it, or its dataset, is not there.
    func table(_ name: BigQueryTableName) async throws -> LiveTable? {
        do {
            return try liveTable(try await request("GET", tablePath(name)), of: name)
        } catch let error as GoogleCloudError where error.status == 404 {
            return nil
        }
    }

    /// Creates a table; false when there is one already.
    func create(_ table: BigQueryTable, _ name: BigQueryTableName, expiration: Instant? = nil) async throws -> Bool {
        let body = Self.json { writer in
            if let expiration {
                writer.member("expirationTime", "\(expiration.microsecondsSince1970 / 1000)")
            }
            table.writeMembers(to: &writer)
            Self.write(name, key: "tableReference", to: &writer)
        }
        do {
            _ = try await request("POST", "\(datasetPath(name))/tables", body: body)
            return true
        } catch let error as GoogleCloudError where error.reason == "duplicate" {
            return false
        }
    }

    /// Gives a table another list of columns, unless somebody has changed it since it was asked for.
    ///
    /// - Throws: ``GoogleCloudError`` with the status 412 when somebody was faster.
    func patch(_ name: BigQueryTableName, fields: [BigQueryField], etag: String) async throws {
        let body = Self.json { writer in
            writer.key("schema")
            writer.object { writer in
                writer.key("fields")
                writer.array { writer in fields.forEach { $0.write(to: &writer) } }
            }
        }
        _ = try await request("PATCH", tablePath(name), headers: [("If-Match", etag)], body: body, isRepeatable: false)
    }

    /// Removes a table; nothing happens when it is not there.
    func delete(_ name: BigQueryTableName) async throws {
        do {
            _ = try await request("DELETE", tablePath(name))
        } catch let error as GoogleCloudError where error.status == 404 {}
    }

    /// Creates a dataset; false when there is one already.
    func createDataset(of name: BigQueryTableName) async throws -> Bool {
        let body = Self.json { writer in
            writer.key("datasetReference")
            writer.object { writer in
                writer.member("projectId", name.project)
                writer.member("datasetId", name.dataset)
            }
            writer.member("location", configuration.location)
        }
        do {
            _ = try await request("POST", "\(projectPath(name.project))/datasets", body: body)
            return true
        } catch let error as GoogleCloudError where error.reason == "duplicate" {
            return false
        }
    }

    private func liveTable(_ node: JSONNode, of name: BigQueryTableName) throws -> LiveTable {
        guard let table = BigQueryTable(node), let etag = node["etag"]?.string else {
            throw GoogleCloudError(.unexpectedAnswer, "the answer about \(name) is no table with columns")
        }
        return LiveTable(
            table: table, etag: etag, location: node["location"]?.string, rowCount: node["numRows"]?.wholeNumber ?? 0)
    }

    // MARK: Requests

    func projectPath(_ project: String) -> String { "/bigquery/v2/projects/\(Self.escaped(project))" }

    private func datasetPath(_ name: BigQueryTableName) -> String {
        "\(projectPath(name.project))/datasets/\(Self.escaped(name.dataset))"
    }

    private func tablePath(_ name: BigQueryTableName) -> String {
        "\(datasetPath(name))/tables/\(Self.escaped(name.table))"
    }

    /// Sends a request with JSON, and reads the JSON of the answer.
    ///
    /// - Throws: ``GoogleCloudError`` when there is no answer, or one with a status of 400 or above.
    func request(
        _ method: String, _ path: String, query: [(String, String)] = [], headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil, isRepeatable: Bool = true
    ) async throws -> JSONNode {
        let suffix = query.isEmpty ? "" : "?" + query.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
        let request = try await request(
            method, url: configuration.endpoint + path + suffix,
            headers: headers + (body == nil ? [] : [("Content-Type", "application/json")]), body: body)
        let response = try await (isRepeatable ? retrying : transport).send(request)
        guard response.status < 400 else { throw GoogleCloudError(response, to: request) }
        return try Self.node(response, to: request)
    }

    /// A request with the token that it needs.
    func request(
        _ method: String, url: String, headers: [(name: String, value: String)], body: [UInt8]?
    ) async throws -> HTTPRequest {
        var request = HTTPRequest(method: method, url: url, headers: headers, body: body)
        if let credentials = configuration.credentials {
            let token = try await credentials.accessToken(for: [.bigQuery])
            request.headers.append(("Authorization", "Bearer \(token.value)"))
        }
        return request
    }

    static func node(_ response: HTTPResponse, to request: HTTPRequest) throws -> JSONNode {
        let body = response.body.isEmpty ? Array("{}".utf8) : response.body
        guard let node = try? JSONNode(parsing: body) else {
            throw GoogleCloudError(
                .unexpectedAnswer, "the answer is no JSON", request: request.summary, status: response.status)
        }
        return node
    }

    // MARK: Parts of requests

    static func json(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in members(&writer) }
        return writer.bytes
    }

    static func write(_ name: BigQueryTableName, key: String, to writer: inout JSONWriter) {
        writer.key(key)
        writer.object { writer in
            writer.member("projectId", name.project)
            writer.member("datasetId", name.dataset)
            writer.member("tableId", name.table)
        }
    }

    static func write(labels: [String: String], to writer: inout JSONWriter) {
        guard !labels.isEmpty else { return }
        writer.key("labels")
        writer.object { writer in
            for (key, value) in labels.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
        }
    }

    /// A part of a path or a query with everything but unreserved characters encoded.
    static func escaped(_ text: String) -> String {
        var allowed = CharacterSet()
        allowed.insert(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
    }
}
