/// What becomes of a table of BigQuery: it is created, changed, or left as it is.
package struct TablePlan: Sendable {
    /// What there is to do, a line each; empty when there is nothing.
    package let lines: [String]
    /// Whether something would have to be done that BigQuery refuses.
    package let isImpossible: Bool
    private let live: BigQueryClient.LiveTable?
    private let evolution: BigQueryEvolution?
    private let mapping: BigQueryMapping
    private let name: BigQueryTableName
    private let client: BigQueryClient

    /// Compares the live table with what the catalog gives.
    ///
    /// - Throws: ``GoogleCloudError``.
    package init(
        _ mapping: BigQueryMapping, _ name: BigQueryTableName, at configuration: BigQueryConfiguration
    ) async throws {
        try await self.init(mapping, name, client: BigQueryClient(configuration))
    }

    init(_ mapping: BigQueryMapping, _ name: BigQueryTableName, client: BigQueryClient) async throws {
        self.mapping = mapping
        self.name = name
        self.client = client
        live = try await client.table(name)
        evolution = live.map { BigQueryEvolution(from: $0.table, to: mapping.table) }
        lines = evolution?.lines ?? ["create table  \(name) with \(mapping.table.fields.count) columns"]
        isImpossible = !(evolution?.refusals.isEmpty ?? true)
    }

    /// Does it, unless somebody has changed the table since it was looked at.
    ///
    /// - Parameter createsDataset: whether a dataset that is not there is created, too.
    /// - Throws: ``BigQueryExportError`` when it is impossible, or somebody was faster; ``GoogleCloudError``.
    package func apply(createsDataset: Bool) async throws {
        guard !isImpossible else {
            throw BigQueryExportError(.differentSchema, (evolution?.refusals ?? []).joined(separator: "\n"))
        }
        guard let live, let evolution else {
            if createsDataset { _ = try await client.createDataset(of: name) }
            do {
                guard try await client.create(mapping.table, name) else {
                    throw BigQueryExportError(.differentSchema, "somebody has just created \(name): look at it again")
                }
            } catch let error as GoogleCloudError where error.status == 404 {
                throw BigQueryExportError(
                    .noTable,
                    "there is no dataset \(name.project).\(name.dataset); create it, too, with --create-dataset, and "
                        + "say where with --location")
            }
            return
        }
        guard !evolution.isEmpty else { return }
        do {
            try await client.patch(name, fields: evolution.fields, etag: live.etag)
        } catch let error as GoogleCloudError where error.status == 412 {
            throw BigQueryExportError(.differentSchema, "somebody has just changed \(name): look at it again")
        }
    }
}
