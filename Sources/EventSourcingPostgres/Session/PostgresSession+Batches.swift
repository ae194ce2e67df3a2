import EventSourcing
import EventSourcingSQL

/// What became of one append of a batch.
enum BatchOutcome {
    case saved(SaveResult)
    /// It was not accepted, or not by itself; nothing of it was saved, and it has to be looked at alone.
    case alone

    /// The result of what was saved.
    var result: SaveResult? {
        if case .saved(let result) = self { result } else { nil }
    }
}

extension PostgresSession {
    /// Appends to several streams in one statement and one transaction, each with its own check.
    ///
    /// - Parameters:
    ///   - appends: as `BatchPlanner` puts them together.
    ///   - allOrNone: whether nothing is saved when one of them is not accepted.
    /// - Returns: an outcome for each.
    /// - Throws: `DatabaseError` when the database refused one of the events; then nothing was saved.
    func appendBatch(_ appends: [StreamAppend<Columns>], allOrNone: Bool = false) throws -> [BatchOutcome] {
        let groups = StreamGroup.groups(of: appends)
        let statement = try connection.prepare(sql.appendBatch)
        try write(appends, groups, allOrNone: allOrNone, to: statement)
        var positions: [Int] = []
        let found = try statement.all { row in
            if !row.isNull(at: 2) { positions = try row.positions(at: 2) }
            return (version: try row.value(Int.self, at: 0), isAccepted: try row.bool(at: 1))
        }
        guard found.count == groups.count else { throw connection.unexpectedAnswer(sql.appendBatch) }
        var outcomes = Array(repeating: BatchOutcome.alone, count: appends.count)
        var rest = positions[...]
        for (group, found) in zip(groups, found) where found.isAccepted {
            var version = found.version
            for index in group.indexes {
                let count = appends[index].events.count
                version += count
                outcomes[index] = .saved(SaveResult(version: version, positions: Array(rest.prefix(count))))
                rest = rest.dropFirst(count)
            }
        }
        return outcomes
    }

    private func write(
        _ appends: [StreamAppend<Columns>], _ groups: [StreamGroup], allOrNone: Bool, to statement: PostgresStatement
    ) throws {
        var saves = statement.arrayParameters(count: 2)
        var flag = statement.parameters(from: 5)
        try flag.write(allOrNone, at: 0)
        var places = statement.arrayParameters(from: 3, count: 2)
        var rows = statement.arrayParameters(from: 6, count: sql.insertedCount)
        for (number, group) in groups.enumerated() {
            let first = appends[group.indexes[0]]
            try saves.write(first.aggregateID, at: 0)
            try saves.write(first.expectedVersion.parameter, at: 1)
            var place: Int64 = 0
            for index in group.indexes {
                for _ in appends[index].events {
                    place += 1
                    try places.write(Int64(number + 1), at: 0)
                    try places.write(place, at: 1)
                }
                try mapping.writeEvents(appends[index].events, &rows)
            }
        }
        try saves.finish()
        try places.finish()
        try rows.finish()
    }
}

/// The appends of a batch to one stream, in their order.
struct StreamGroup {
    private(set) var indexes: [Int]

    /// The groups in the order of their streams' bytes, so that two batches never wait for each other.
    static func groups<Columns>(of appends: [StreamAppend<Columns>]) -> [StreamGroup] {
        guard appends.count > 1 else { return appends.indices.map { StreamGroup(indexes: [$0]) } }
        var numbers: [UTF8Key: Int] = [:]
        var groups: [StreamGroup] = []
        for (index, append) in appends.enumerated() {
            let key = UTF8Key(append.aggregateID)
            if let number = numbers[key] {
                groups[number].indexes.append(index)
            } else {
                numbers[key] = groups.count
                groups.append(StreamGroup(indexes: [index]))
            }
        }
        return groups.sorted { left, right in
            appends[left.indexes[0]].aggregateID.utf8
                .lexicographicallyPrecedes(appends[right.indexes[0]].aggregateID.utf8)
        }
    }
}
