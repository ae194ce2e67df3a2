import Foundation
import TestSupport
import Testing

@Suite("Import and export")
struct ImportTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    @Test("A log is stored once, in the order of its lines, however often it is imported")
    func importTwice() async throws {
        let log = EventLog()
        let first = try await place.run("import", "-", "--json", input: log.data).objects()
        #expect(first.map { $0["stored"] as? Int } == [3000])
        #expect(first.map { $0["alreadyStored"] as? Int } == [0])
        try expectStored(log, in: place)

        let second = try await place.run("import", input: log.data)
        #expect(second.text == "0 events stored, 3000 were stored already\n")
        #expect(second.errors == "")
        try expectStored(log, in: place)
    }

    @Test("An export has every event as it came, and importing it elsewhere exports the same bytes")
    func roundTrip() async throws {
        let log = EventLog()
        try await place.run("import", "-", input: log.data)
        let export = try await place.run("export").output
        let came = try log.entries.map { try ParsedEvent(line: $0.line) }
        let went = try ParsedEvent.all(in: export)
        try #require(came.count == went.count)
        for (came, went) in zip(came, went) { #expect(came == went) }

        try await place.run("import", "-", on: "other.db", input: export)
        #expect(try await place.run("export", on: "other.db").output == export)
    }

    @Test("Importing an export into its own database stores nothing, also for events without a subject")
    func importOwnExport() async throws {
        try await place.run("import", "-", input: EventLog(events: 50, streams: 5).data)
        for number in 1...3 {
            try await place.run("append", "quiet", "--type", "T", "--id", "q\(number)", "--data", "{\"n\":\(number)}")
        }
        try await place.run("append", "loud", "--type", "T", "--subject", "else", "--time", "2026-01-01T00:00:00Z")
        let export = try await place.run("export")
        let last = try #require(try ParsedEvent.all(in: export.output).last)
        #expect(last.subject == Data("text else".utf8))
        #expect(last.attributes["aggregateid"] == Data("text loud".utf8))

        for policy in ["stop", "skip"] {
            let again = try await place.run("import", "-", "--on-error", policy, input: export.output)
            #expect(again.text == "0 events stored, 54 were stored already\n")
        }
        #expect(try await place.run("export").output == export.output)
    }

    @Test("Killed again and again, an import that is run once more has lost and doubled nothing")
    func kill() async throws {
        let log = EventLog(events: 17_000)
        let lines = log.entries.map(\.line)
        // A commit is due every 8,000 lines; each process is killed with lines taken that are not committed.
        for (fed, committed) in [(500, 0), (8500, 8000), (16_001, 16_000)] {
            let running = try place.tool.start("import", "-", "--database", "sqlite:test.db")
            try running.write(EventLog.joined(lines.prefix(fed)))
            try await eventually("\(committed) events are committed") {
                try place.folder.exists("test.db") && place.count("sqlite_schema WHERE name = 'events'") == 1
                    && place.count("events") >= committed
            }
            try await running.kill()
        }
        let final = try await place.run("import", "-", "--json", input: log.data).objects()
        let stored = try #require(final.first?["stored"] as? Int)
        let already = try #require(final.first?["alreadyStored"] as? Int)
        #expect(already >= 16_000)
        #expect(stored + already == 17_000)
        try expectStored(log, in: place)
    }
}

/// Expects each stream to have the versions 1…n without a gap, and the log's events in the log's order.
func expectStored(
    _ log: EventLog, in place: Workplace, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let rows = try place.texts(
        "SELECT json_array(hex(aggregate_id), version, event_id) FROM events ORDER BY aggregate_id, version")
    var stored: [Data: [String]] = [:]
    for row in rows {
        let values = try #require(try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [Any])
        let stream = try #require((values[0] as? String).flatMap(bytes(hex:)))
        stored[stream, default: []].append(try #require(values[2] as? String))
        #expect(values[1] as? Int == stored[stream]?.count, "versions are dense", sourceLocation: sourceLocation)
    }
    #expect(rows.count == log.entries.count, sourceLocation: sourceLocation)
    #expect(stored == log.idsByStream, sourceLocation: sourceLocation)
}

private func bytes(hex: String) -> Data? {
    let digits = Array(hex)
    return Data(stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
}
