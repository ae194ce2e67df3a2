import EventSourcing

extension SQLiteSession {
    func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        try loadEvents(query.order == .ascending ? .loadAscending : .loadDescending) { parameters in
            try parameters.write(query.aggregateID, at: 0)
            try parameters.write(Int64(query.fromVersion), at: 1)
            try parameters.write(Int64(query.toVersion ?? .max), at: 2)
            try parameters.write(limit: query.limit, at: 3)
        }
    }

    func version(of aggregateID: String) throws -> Int {
        let statement = try connection.statement(.streamVersion)
        var parameters = statement.parameters()
        try parameters.write(aggregateID, at: 0)
        return try statement.first { row in row.isNull(at: 0) ? 0 : Int(try row.int64(at: 0)) } ?? 0
    }

    func loadTrace(correlationID: String, after position: Int, limit: Int?) throws -> [RecordedEvent<Columns>] {
        try StreamQuery.check(position: position)
        try StreamQuery.check(limit: limit)
        return try loadEvents(.trace) { parameters in
            try parameters.write(correlationID, at: 0)
            try parameters.write(Int64(position), at: 1)
            try parameters.write(limit: limit, at: 2)
        }
    }

    func loadEffects(of eventID: String) throws -> [RecordedEvent<Columns>] {
        try loadEvents(.effects) { try $0.write(eventID, at: 0) }
    }

    func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>] {
        try StreamQuery.check(position: position)
        try StreamQuery.check(limit: limit)
        return try loadEvents(.feed) { parameters in
            try parameters.write(Int64(position), at: 0)
            try parameters.write(limit: limit, at: 1)
        }
    }

    func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary] {
        try StreamQuery.check(limit: limit)
        let statement = try connection.statement(.streams)
        var parameters = statement.parameters()
        // No id is empty, so all of them come after "".
        try parameters.write(aggregateID ?? "", at: 0)
        try parameters.write(limit: limit, at: 1)
        return try statement.all { row in
            StreamSummary(
                aggregateID: try row.value(at: 0), version: try row.value(at: 1), lastRecordedAt: try row.value(at: 2))
        }
    }

    private func loadEvents(
        _ name: StatementName, _ write: (inout SQLiteParameters) throws -> Void
    ) throws -> [RecordedEvent<Columns>] {
        let statement = try connection.statement(name)
        var parameters = statement.parameters()
        try write(&parameters)
        return try mapping.readEvents(statement)
    }
}

extension SQLiteParameters {
    /// A limit; SQLite reads -1 as none.
    fileprivate mutating func write(limit: Int?, at column: Int) throws {
        try write(Int64(limit ?? -1), at: column)
    }
}
