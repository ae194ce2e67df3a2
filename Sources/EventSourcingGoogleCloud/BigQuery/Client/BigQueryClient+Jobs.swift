import JSONText

/// The file that a load job takes, and where it goes.
struct LoadJob: Sendable {
    let id: String
    let location: String?
    let destination: BigQueryTableName
    /// Whether the rows take the place of those that are there.
    var replacesRows = false
    let checksum: String
    var labels: [String: String] = [:]

    /// The job as the REST API takes it. It has no schema, and never creates a table or changes one.
    var json: [UInt8] {
        BigQueryClient.json { writer in
            writer.key("configuration")
            writer.object { writer in
                BigQueryClient.write(labels: labels.merging(["sha256": checksum]) { $1 }, to: &writer)
                writer.key("load")
                writer.object { writer in
                    writer.member("createDisposition", "CREATE_NEVER")
                    BigQueryClient.write(destination, key: "destinationTable", to: &writer)
                    writer.member("ignoreUnknownValues", false)
                    writer.member("maxBadRecords", 0)
                    writer.member("sourceFormat", "NEWLINE_DELIMITED_JSON")
                    writer.member("writeDisposition", replacesRows ? "WRITE_TRUNCATE" : "WRITE_APPEND")
                }
            }
            BigQueryClient.write(jobReference: id, project: destination.project, location: location, to: &writer)
        }
    }
}

extension BigQueryClient {
    static func write(jobReference id: String, project: String, location: String?, to writer: inout JSONWriter) {
        writer.key("jobReference")
        writer.object { writer in
            writer.member("jobId", id)
            writer.member("location", location)
            writer.member("projectId", project)
        }
    }

    /// Asks for a job once; nil when there is none of that id.
    func job(_ id: String, project: String, location: String?) async throws -> BigQueryJob? {
        do {
            let query = location.map { [("location", $0)] } ?? []
            return BigQueryJob(
                try await request(
                    "GET", "\(projectPath(project))/jobs/\(Self.escaped(id))", query: query, isRepeatable: false))
        } catch let error as GoogleCloudError where error.status == 404 {
            return nil
        }
    }

    /// Starts a job that runs a statement, once.
    func start(
        _ sql: String, id: String, project: String, location: String?, labels: [String: String]
    ) async throws {
        let body = Self.json { writer in
            writer.key("configuration")
            writer.object { writer in
                Self.write(labels: labels.merging(configuration.labels) { $1 }, to: &writer)
                writer.key("query")
                writer.object { writer in
                    writer.member("maximumBytesBilled", configuration.maximumBytesBilled.map(String.init))
                    writer.member("query", sql)
                    writer.member("useLegacySql", false)
                }
            }
            Self.write(jobReference: id, project: project, location: location, to: &writer)
        }
        _ = try await request("POST", "\(projectPath(project))/jobs", body: body, isRepeatable: false)
    }
}
