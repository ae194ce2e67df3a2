import EventSourcingSQLite
import SQLiteTestSupport

/// Compares what savers say about their saves with what the database has.
struct SaveAudit {
    /// The events table by id, read without a store.
    private let rows: [String: SoakFeed.Line]
    /// The table in the order of the positions.
    let feed: [SoakFeed.Line]
    /// Everything that is not as it must be; the first hundred.
    private(set) var complaints: [String] = []

    /// Reads a database: versions must be dense, ids and positions unique, and the file sound.
    init(path: String) throws {
        let connection = try SQLiteConnection(path: path, mode: .read)
        feed = try connection.prepare("SELECT position, aggregate_id, version, event_id FROM events ORDER BY position")
            .all { row in
                SoakFeed.Line(
                    position: try row.value(at: 0), stream: try row.value(at: 1), version: try row.value(at: 2),
                    id: try row.value(at: 3))
            }
        rows = Dictionary(feed.map { ($0.id, $0) }) { first, _ in first }
        complaints += try connection.prepare("PRAGMA integrity_check").all { try $0.string(at: 0) }.filter {
            $0 != "ok"
        }
        let wrongData = "SELECT event_id FROM events WHERE json_extract(data, '$.id') IS NOT event_id"
        complaints += try connection.prepare(wrongData).all { "\(try $0.string(at: 0)) has the data of another event" }
        if rows.count != feed.count { complain("an event is there more than once") }
        if feed.last?.position ?? 0 != feed.count { complain("there are holes between the positions") }
        var versions: [String: Int] = [:]
        for line in feed {
            versions[line.stream, default: 0] += 1
            if versions[line.stream] != line.version {
                complain("\(line): expected version \(versions[line.stream] ?? 0)")
            }
        }
    }

    /// Checks that what was acknowledged is there, once and where the store said, and that nothing else is.
    mutating func check(_ entries: [SaveJournal.Entry]) {
        let settled = Set(entries.filter { $0.verdict != nil }.map { $0.ids[0] })
        for entry in entries {
            switch entry.verdict {
            case .saved(let version, let positions, _):
                let expected = zip(entry.ids, positions).enumerated().map { index, event in
                    SoakFeed.Line(
                        position: event.1, stream: entry.stream, version: version - entry.ids.count + index + 1,
                        id: event.0)
                }
                let found = entry.ids.map { rows[$0] }
                if found != expected { complain("acknowledged: \(expected), found: \(found)") }
            case .refused(let reason):
                let found = entry.ids.compactMap { rows[$0] }
                if !found.isEmpty { complain("refused (\(reason)), and yet there: \(found)") }
            case nil:
                // A later try of the same save may have settled it.
                if !settled.contains(entry.ids[0]) { complain("nobody said what became of \(entry)") }
            }
        }
        let known = Set(entries.flatMap(\.ids))
        for line in feed where !known.contains(line.id) { complain("nobody saved \(line)") }
    }

    private mutating func complain(_ text: String) {
        if complaints.count < 100 { complaints.append(text) }
    }
}
