import Foundation
import TestSupport
import Testing

@Suite("Large logs")
struct LargeLogTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    /// How much of the log is imported; `IMPORT_EVENTS=262200` is all of it.
    private static let count = ProcessInfo.processInfo.environment["IMPORT_EVENTS"].flatMap { Int($0) } ?? 20_000

    @Test("The real log through gunzip, where there is one, or else a generated log of 10,000 events")
    func largeLog() async throws {
        if let path = RealLog.path {
            let versions = try await RealLog.versions(ofFirst: Self.count, of: path)
            if Self.count == 262_200 {
                // What the publishers of the log say about it.
                #expect(versions.count == 13_087)
                #expect(versions["185548"] == 175 && versions["173688"] == 26)
            }
            try await expectImported(Self.count, versions, fromGzip: path)
        } else {
            let log = EventLog(events: 10_000, streams: 500)
            let path = try place.folder.write(log.data, to: "log.ndjson")
            let gzip = try RunningTool(place.tool, [path], executable: URL(fileURLWithPath: "/usr/bin/gzip"))
            #expect(try await gzip.outcome().exitCode == 0)
            let versions = log.idsByStream.map { (String(decoding: $0.key, as: UTF8.self), $0.value.count) }
            try await expectImported(10_000, Dictionary(uniqueKeysWithValues: versions), fromGzip: path + ".gz")
        }
    }

    /// - Parameter versions: how many events each stream has, counted by others than us.
    private func expectImported(_ count: Int, _ versions: [String: Int], fromGzip path: String) async throws {
        try await RealLog.importEvents(count, of: path, with: place.tool, into: "sqlite:test.db")
        #expect(try place.count("events") == count)
        let streams = try await place.run("streams", "--json").objects()
        #expect(streams.count == versions.count)
        #expect(streams.compactMap { $0["version"] as? Int }.reduce(0, +) == count)
        let longest = try #require(versions.max { $0.value < $1.value })
        #expect(streams.compactMap { $0["version"] as? Int }.max() == longest.value)
        for (stream, version) in [longest] + versions.shuffled().prefix(2) {
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
