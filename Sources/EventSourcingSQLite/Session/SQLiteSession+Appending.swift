import EventSourcing
import SQLSchema

/// The versions of the streams that a transaction has appended to, so that they need not be asked for again.
struct KnownVersions {
    private var versions: [UTF8Key: Int] = [:]

    subscript(aggregateID: String) -> Int? {
        get { versions.isEmpty ? nil : versions[UTF8Key(aggregateID)] }
        set { versions[UTF8Key(aggregateID)] = newValue }
    }
}

extension SQLiteSession {
    /// Appends inside a transaction; what was inserted before an error stays until the caller rolls back.
    ///
    /// - Parameter known: versions that this transaction has brought about; the new one is added. Nil when the append is
    ///   alone, and nobody will ask.
    func append(_ append: StreamAppend<Columns>, known: inout KnownVersions?) throws -> SaveResult {
        try EventValidator.check(append.events, for: append.aggregateID)
        let version = try known?[append.aggregateID] ?? version(of: append.aggregateID)
        guard append.expectedVersion.accepts(version) else {
            if let earlier = try earlierSave(of: append) { return earlier }
            throw ConcurrencyError(
                aggregateID: append.aggregateID, expected: append.expectedVersion, actual: version)
        }
        guard !append.events.isEmpty else { return SaveResult(version: version, positions: []) }
        let (newVersion, overflow) = version.addingReportingOverflow(append.events.count)
        guard !overflow else {
            throw StoreError(.unsupported, "\(append.aggregateID): a version above \(Int.max) cannot be counted")
        }
        let result = SaveResult(version: newVersion, positions: try insert(append, after: version))
        known?[append.aggregateID] = newVersion
        return result
    }

    /// Inserts events behind a version, and returns their positions.
    private func insert(_ append: StreamAppend<Columns>, after version: Int) throws -> [Int] {
        let statement = try connection.statement(.insertEvent)
        // Otherwise the last event would stay in memory until the next save.
        defer { statement.clearParameters() }
        return try mapping.insertEvents(append, version, statement)
    }

    /// Runs a write, and judges the ids when one of them is in the stream already: the happy path asks nothing more.
    func judgingRetries(
        of append: StreamAppend<Columns>, _ write: () throws -> SaveResult
    ) throws -> SaveResult {
        do {
            return try write()
        } catch let error as DatabaseError where error.code == .uniqueViolation {
            // Without an id in common it is a unique key of the team's own that was broken.
            guard let earlier = try earlierSave(of: append) else { throw error }
            return earlier
        }
    }

    private func earlierSave(of append: StreamAppend<Columns>) throws -> SaveResult? {
        let statement = try connection.statement(.eventByID)
        return try RetryJudge.judge(append.events, for: append.aggregateID) { eventID in
            var parameters = statement.parameters()
            try parameters.write(append.aggregateID, at: 0)
            try parameters.write(eventID, at: 1)
            return try mapping.readEvents(statement).first
        }
    }
}
