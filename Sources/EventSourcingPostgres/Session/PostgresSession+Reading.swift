import EventSourcing
import EventSourcingSQL

extension PostgresSession {
    func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        guard canBeStored(query.aggregateID), query.limit != 0 else { return [] }
        guard query.isWhole else { return try loadPages(query) }
        let page = try statement(sql.loadFirstPage) { try $0.write(query.aggregateID, at: 0) }.execute()
        guard page.rowCount < PostgresTexts.firstPageSize else {
            // Handed over and not kept, so that it is freed when it has been read, for the pages that come then.
            return try loadPages(query, startingWith: consume page)
        }
        return try mapping.readEvents(page)
    }

    /// Loads one page after the other.
    ///
    /// - Parameter first: the first page, when the server has given it already.
    private func loadPages(
        _ query: StreamQuery, startingWith first: consuming PostgresResult? = nil
    ) throws -> [RecordedEvent<Columns>] {
        // What a server sends without waiting fits into the buffer of a socket, about 200 kB; from a server far away a long
        // stream comes in few trips all the same.
        var pages = try StreamPages(query, pageSize: PostgresTexts.firstPageSize, growingTo: 4096)
        let statement = try statement(query.order == .ascending ? sql.loadAscending : sql.loadDescending) {
            try $0.write(pages.nextQuery())
        }
        var events: [RecordedEvent<Columns>] = []
        try statement.readPages(startingWith: consume first) { page in
            pages.received(count: page.rowCount, lastVersion: try page.lastVersion())
            guard !pages.isFinished else { return false }
            var parameters = statement.parameters()
            try parameters.write(pages.nextQuery())
            return true
        } reading: { page in
            try mapping.appendEvents(page, &events)
        }
        return events
    }

    func version(of aggregateID: String) throws -> Int {
        guard canBeStored(aggregateID) else { return 0 }
        return try statement(sql.streamVersion) { try $0.write(aggregateID, at: 0) }
            .first { row in try row.value(Int?.self, at: 0) ?? 0 } ?? 0
    }

    func loadTrace(correlationID: String, after position: Int, limit: Int?) throws -> [RecordedEvent<Columns>] {
        try StreamQuery.check(position: position)
        try StreamQuery.check(limit: limit)
        guard canBeStored(correlationID) else { return [] }
        return try mapping.readEvents(
            statement(sql.trace) { parameters in
                try parameters.write(correlationID, at: 0)
                try parameters.write(Int64(position), at: 1)
                try parameters.set(limit, at: 2)
            })
    }

    func loadEffects(of eventID: String) throws -> [RecordedEvent<Columns>] {
        guard canBeStored(eventID) else { return [] }
        return try mapping.readEvents(statement(sql.effects) { try $0.write(eventID, at: 0) })
    }

    func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary] {
        try StreamQuery.check(limit: limit)
        guard limit > 0 else { return [] }
        return try statement(sql.streams) { parameters in
            // No id is empty, so all of them come after ""; and none has a NUL, before which an id ends here.
            try parameters.write(
                String(aggregateID?.split(separator: "\0", omittingEmptySubsequences: false)[0] ?? ""), at: 0)
            try parameters.write(Int64(limit), at: 1)
        }.all { row in
            StreamSummary(
                aggregateID: try row.value(at: 0), version: try row.value(at: 1), lastRecordedAt: try row.value(at: 2))
        }
    }

    /// Whether a text can be in the database; the server refuses one with a NUL, wherever it stands.
    func canBeStored(_ text: String) -> Bool {
        !text.utf8.contains(0)
    }
}

extension StreamQuery {
    /// Whether it asks for all events of a stream in their order.
    fileprivate var isWhole: Bool { order == .ascending && fromVersion <= 1 && toVersion == nil && limit == nil }
}

extension PostgresParameters {
    fileprivate mutating func write(_ query: StreamQuery) throws {
        try write(query.aggregateID, at: 0)
        try write(Int64(query.fromVersion), at: 1)
        try write(Int64(query.toVersion ?? .max), at: 2)
        try set(query.limit, at: 3)
    }
}

extension PostgresResult {
    /// The version of the last event of the result; nil when it is empty.
    fileprivate func lastVersion() throws -> Int? {
        guard rowCount > 0 else { return nil }
        var row = PostgresRow(self)
        row.index = Int32(truncatingIfNeeded: rowCount - 1)
        return Int(try row.int64(at: columns.names.firstIndex(of: "version") ?? -1))
    }
}
