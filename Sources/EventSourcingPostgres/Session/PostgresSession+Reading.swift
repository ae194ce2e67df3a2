import EventSourcing
import EventSourcingSQL

extension PostgresSession {
    func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        guard canBeStored(query.aggregateID) else { return [] }
        var page = StreamPage(query)
        let statement = try statement(query.order == .ascending ? sql.loadAscending : sql.loadDescending) {
            try page.write(to: &$0)
        }
        var events: [RecordedEvent<Columns>] = []
        try statement.readPages { result in
            guard try page.advance(past: result) else { return false }
            var parameters = statement.parameters()
            try page.write(to: &parameters)
            return true
        } reading: { result in
            try mapping.appendEvents(result, &events)
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
