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
        let areAlike = appends.allSatisfy { $0.events.count == 1 && $0.expectedVersion.isExact }
        if !allOrNone, areAlike, groups.count == appends.count { return try appendExactly(appends, groups) }
        let statement = try connection.prepare(sql.appendBatch)
        try write(appends, groups, allOrNone: allOrNone, to: statement)
        var positions: [Int] = []
        let found = try statement.all { row in
            if !row.isNull(at: 2) { positions = try row.positions(at: 2) }
            return (version: try row.value(Int.self, at: 0), isAccepted: try row.bool(at: 1))
        }
        guard found.count == groups.count else { throw connection.unexpectedAnswer(sql.appendBatch) }
        var outcomes = BatchOutcomes(of: appends, positions)
        for (group, found) in zip(groups, found) where found.isAccepted { outcomes.accept(group, at: found.version) }
        return outcomes.outcomes
    }

    /// The same for one event each of streams that all have to have exact versions.
    private func appendExactly(_ appends: [StreamAppend<Columns>], _ groups: [StreamGroup]) throws -> [BatchOutcome] {
        let statement = try connection.prepare(sql.appendBatchExactly)
        var saves = statement.arrayParameters(count: 2)
        var rows = statement.arrayParameters(from: 3, count: sql.insertedCount)
        for append in groups.lazy.map({ appends[$0.indexes[0]] }) {
            try saves.write(append.aggregateID, at: 0)
            try saves.write(append.expectedVersion.parameter, at: 1)
            try mapping.writeEvents(append.events, &rows)
        }
        try saves.finish()
        try rows.finish()
        let inserted = try statement.all { row in
            (position: Int(try row.int64(at: 0)), stream: try row.string(at: 1))
        }
        var outcomes = BatchOutcomes(of: appends, inserted.map(\.position))
        for group in groups {
            let append = appends[group.indexes[0]]
            guard let next = outcomes.nextIndex, inserted[next].stream.hasSameBytes(as: append.aggregateID) else {
                continue
            }
            outcomes.accept(group, at: Int(append.expectedVersion.parameter))
        }
        return outcomes.outcomes
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

/// What becomes of a batch, whose positions come in the order of its groups.
private struct BatchOutcomes<Columns: EventColumns> {
    private(set) var outcomes: [BatchOutcome]
    private let appends: [StreamAppend<Columns>]
    private var positions: ArraySlice<Int>

    init(of appends: [StreamAppend<Columns>], _ positions: [Int]) {
        self.appends = appends
        self.positions = positions[...]
        outcomes = Array(repeating: .alone, count: appends.count)
    }

    /// The place of the next position that belongs to nobody yet.
    var nextIndex: Int? { positions.indices.first }

    /// Takes the next positions for the appends of a group.
    mutating func accept(_ group: StreamGroup, at version: Int) {
        var version = version
        for index in group.indexes {
            let count = appends[index].events.count
            version += count
            outcomes[index] = .saved(SaveResult(version: version, positions: Array(positions.prefix(count))))
            positions = positions.dropFirst(count)
        }
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
            UTF8Key(appends[left.indexes[0]].aggregateID) < UTF8Key(appends[right.indexes[0]].aggregateID)
        }
    }
}
