import Foundation
import TestSupport
import Testing

@Suite("Large logs")
struct LargeLogTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    /// What is known about a log from elsewhere than from us.
    private struct Expectations {
        let events: Int
        let streams: Int
        /// The versions of some streams.
        let versions: [String: Int]
    }

    @Test("The real log through gunzip, where there is one, or else a generated log of 10,000 events")
    func largeLog() async throws {
        let expected: Expectations
        if let path = RealLog.path {
            expected = Expectations(events: 262_200, streams: 13_087, versions: ["185548": 175, "173688": 26])
            try await expectImported(expected, fromGzip: path)
        } else {
            let log = EventLog(events: 10_000, streams: 500)
            let longest = try #require(log.idsByStream.max { $0.value.count < $1.value.count })
            expected = Expectations(
                events: 10_000, streams: log.idsByStream.count,
                versions: [String(decoding: longest.key, as: UTF8.self): longest.value.count])
            let path = try place.folder.write(log.data, to: "log.ndjson")
            let gzip = try RunningTool(place.tool, [path], executable: URL(fileURLWithPath: "/usr/bin/gzip"))
            #expect(try await gzip.outcome().exitCode == 0)
            try await expectImported(expected, fromGzip: path + ".gz")
        }
    }

    private func expectImported(_ expected: Expectations, fromGzip path: String) async throws {
        let pipeline = #"gunzip -c "$1" | "$0" import - --json --database sqlite:test.db"#
        let shell = try RunningTool(
            place.tool, ["-c", pipeline, CommandLineTool.executable.path, path],
            executable: URL(fileURLWithPath: "/bin/sh"), timeout: 1200)
        let outcome = try await shell.outcome()
        try #require(outcome.exitCode == 0, "\(outcome)")
        let summary = try #require(try outcome.objects().first)
        #expect(summary["stored"] as? Int == expected.events)
        #expect(summary["truncatedTimes"] as? Int == 0)
        #expect(try place.count("events") == expected.events)
        let streams = try await place.run("streams", "--json").objects()
        #expect(streams.count == expected.streams)
        #expect(streams.compactMap { $0["version"] as? Int }.reduce(0, +) == expected.events)
        #expect(streams.compactMap { $0["version"] as? Int }.max() == expected.versions.values.max())
        for (stream, version) in expected.versions {
            let load = try await place.tool.run(["load", stream, "--database", "sqlite:test.db"])
            #expect(load.lines.count == version)
            #expect(load.lines.last?.hasPrefix("v\(version)  ") == true)
        }
    }

    /// Large events keep the time of a debug build within reason; what counts is the size.
    @Test("An import of 60 MB needs less than 150 MB of memory, and about as much as one of 6 MB")
    func memory() async throws {
        let small = try await peakMemory(ofImporting: EventLog(events: 1500, padding: 4000), as: "small")
        let large = try await peakMemory(ofImporting: EventLog(events: 15_000, padding: 4000), as: "large")
        #expect(large < 150_000, "kilobytes at most")
        // A batch is 8,000 events or 8 MB, which the small log does not fill.
        #expect(large - small < 40_000, "kilobytes at most, of \(small) and \(large)")
    }

    private func peakMemory(ofImporting log: EventLog, as name: String) async throws -> Int {
        let path = try place.folder.write(log.data, to: "\(name).ndjson")
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size > log.entries.count * 3500)
        let running = try RunningTool(place.tool, ["import", path, "--database", "sqlite:\(name).db"])
        let watch = MemoryWatch(running)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(watch.kilobytes > 1000, "the memory was measured")
        #expect(try place.count("events", in: "\(name).db") == log.entries.count)
        return watch.kilobytes
    }
}
