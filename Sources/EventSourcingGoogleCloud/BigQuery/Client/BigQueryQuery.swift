import EventSourcing
import JSONText

/// A statement with the values of its named parameters.
struct BigQueryQuery: Sendable {
    /// The value of a parameter.
    enum Parameter: Hashable, Sendable {
        case string(String?)
        case integer(Int)
        case timestamp(Instant)
        /// JSON as its text.
        case json(String?)
        /// Bytes in Base64.
        case bytes(String?)
        case strings([String])
    }

    let sql: String
    var parameters: [(name: String, value: Parameter)] = []

    /// How many rows of an answer come at once.
    static let pageSize = 1000

    func write(to writer: inout JSONWriter) {
        writer.member("query", sql)
        writer.member("useLegacySql", false)
        guard !parameters.isEmpty else { return }
        writer.member("parameterMode", "NAMED")
        writer.key("queryParameters")
        writer.array { writer in
            for (name, value) in parameters {
                writer.object { writer in
                    writer.member("name", name)
                    value.write(to: &writer)
                }
            }
        }
    }
}

extension BigQueryQuery.Parameter {
    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .string(let text): Self.write("STRING", text, to: &writer)
        case .integer(let number): Self.write("INT64", "\(number)", to: &writer)
        case .timestamp(let instant): Self.write("TIMESTAMP", "\(instant)", to: &writer)
        case .json(let text): Self.write("JSON", text, to: &writer)
        case .bytes(let text): Self.write("BYTES", text, to: &writer)
        case .strings(let texts):
            writer.key("parameterType")
            writer.object { writer in
                writer.member("type", "ARRAY")
                writer.key("arrayType")
                writer.object { writer in writer.member("type", "STRING") }
            }
            writer.key("parameterValue")
            writer.object { writer in
                writer.key("arrayValues")
                writer.array { writer in
                    for text in texts { writer.object { writer in writer.member("value", text) } }
                }
            }
        }
    }

    private static func write(_ type: String, _ value: String?, to writer: inout JSONWriter) {
        writer.key("parameterType")
        writer.object { writer in writer.member("type", type) }
        writer.key("parameterValue")
        writer.object { writer in
            writer.key("value")
            if let value { writer.string(value) } else { writer.null() }
        }
    }
}

/// What a statement gave.
struct BigQueryResult: Sendable {
    /// Each row's values, which are texts; nil for NULL.
    var rows: [[String?]] = []
    /// How many rows a statement has changed.
    var affectedRows: Int?
}

extension BigQueryClient {
    /// Runs a statement that may be carried out twice, and reads all its rows, page by page.
    ///
    /// - Parameter requestID: the same for the same statement, so that a repeated request is recognized for a while.
    /// - Throws: ``GoogleCloudError``.
    func run(_ query: BigQueryQuery, project: String, location: String?) async throws -> BigQueryResult {
        let requestID = String(UInt64.random(in: .min ... .max), radix: 36)
        let body = Self.json { writer in
            writer.key("formatOptions")
            writer.object { writer in writer.member("useInt64Timestamp", true) }
            Self.write(labels: configuration.labels, to: &writer)
            writer.member("location", location)
            writer.member("maxResults", BigQueryQuery.pageSize)
            writer.member("maximumBytesBilled", configuration.maximumBytesBilled.map(String.init))
            writer.member("requestId", requestID)
            writer.member("timeoutMs", 20_000)
            query.write(to: &writer)
        }
        var answer = try await request("POST", "\(projectPath(project))/queries", body: body)
        var result = BigQueryResult()
        while true {
            let isComplete = answer["jobComplete"]?.bool ?? true
            if isComplete {
                result.affectedRows = answer["numDmlAffectedRows"]?.wholeNumber ?? result.affectedRows
                result.rows += (answer["rows"]?.items ?? []).map { row in
                    (row["f"]?.items ?? []).map { $0["v"]?.string }
                }
            }
            let token = answer["pageToken"]?.string
            if isComplete, token == nil { return result }
            guard let job = answer["jobReference"]?["jobId"]?.string else {
                throw GoogleCloudError(.unexpectedAnswer, "the answer to a query names no job")
            }
            var parameters = [
                ("maxResults", "\(BigQueryQuery.pageSize)"), ("timeoutMs", "20000"),
                ("formatOptions.useInt64Timestamp", "true"),
            ]
            if let place = answer["jobReference"]?["location"]?.string ?? location {
                parameters.append(("location", place))
            }
            if let token { parameters.append(("pageToken", token)) }
            answer = try await request(
                "GET", "\(projectPath(project))/queries/\(Self.escaped(job))", query: parameters)
        }
    }
}
