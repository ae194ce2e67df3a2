import EventSourcingSQLite
import Foundation
import GoogleCloudTestSupport
import JSONText
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

@Suite("Exports to BigQuery")
struct ExportTests {
    @Test("Everything arrives once, in batches, and the next run goes on after it")
    func plain() async throws {
        let bench = try await ExportBench(events: 1000)
        try await bench.exporter { $0.limits.events = 300 }.run()
        try bench.expectEverythingOnce()
        #expect(bench.fake.jobIDs.count == 4)
        try bench.save(7)
        try await bench.exporter { $0.limits.events = 300 }.run()
        try bench.expectEverythingOnce()
        let summary = try await bench.summary()
        #expect(summary.events == 1007 && summary.checkpoint == 1007 && summary.burnedAttempts == 0)
        #expect(summary.lastState == "done" && bench.fake.jobIDs.contains(summary.lastJob))
        await bench.fake.stop()
    }

    @Test("A line has the columns of the event, and a job neither creates a table nor changes one")
    func content() async throws {
        let bench = try await ExportBench(events: 0)
        let event = Event(
            id: "e-1", type: "Placed", source: "/shop", subject: "s", time: Instant("2026-01-02T10:00:00.000007Z"),
            data: .json(try JSON(#"{"a":[1,"ä"]}"#)), extensions: ["tenant": "t"], correlationID: "c")
        try bench.store.save([event], for: "order-1")
        try await bench.exporter().run()
        let line = try #require(bench.fake.rows(of: "d.events").first)
        #expect(
            line.contains(#""position":"1","aggregate_id":"order-1","version":"1","event_id":"e-1","type":"Placed""#))
        #expect(line.contains(#""data":{"a":[1,"ä"]}"#) && line.contains(#""extensions":{"tenant":"t"}"#))
        #expect(line.contains(#""occurred_at":"2026-01-02T10:00:00.000007Z""#) && !line.contains("data_binary"))
        let upload = try #require(bench.fake.requests.first { $0.path.hasPrefix("/upload") })
        let body = String(decoding: upload.body, as: UTF8.self)
        #expect(body.contains(#""createDisposition":"CREATE_NEVER""#) && body.contains(#""maxBadRecords":0"#))
        #expect(!body.contains("schemaUpdateOptions") && body.contains(#""writeDisposition":"WRITE_APPEND""#))
        await bench.fake.stop()
    }

    @Test("Lost answers, failures and slow jobs double nothing and lose nothing")
    func faults() async throws {
        let bench = try await ExportBench(events: 1000)
        bench.fake.add(
            .init(.refuse(status: 503, reason: "backendError", retryAfter: 3), "POST", "/upload/"),
            .init(.loseAnswer, "POST", "/upload/"), .init(.loseAnswer, "GET", "/jobs/"),
            .init(.refuse(status: 500, reason: "internalError"), "GET", "/jobs/"),
            .init(.refuse(status: 403, reason: "rateLimitExceeded"), "POST", "/upload/"),
            .init(.cut(after: 1000), "POST", "/upload/"))
        bench.fake.run(forPolls: 0, 12, 3)
        bench.fake.failJobs("backendError")
        try await bench.exporter { $0.limits.events = 100 }.run()
        try bench.expectEverythingOnce()
        #expect(bench.pauses.all.contains { $0 >= .seconds(3) })
        let summary = try await bench.summary()
        #expect(
            summary.burnedAttempts == 1 && summary.remark == nil || summary.remark?.hasPrefix("backendError") == true)
        await bench.fake.stop()
    }

    @Test("A large batch goes on after the part that had arrived when it was cut")
    func resumption() async throws {
        let bench = try await ExportBench(events: 600, bytes: 20_000)
        bench.fake.add(
            .init(.cut(after: (1 << 20) + 77), "PUT", "/upload/"), .init(.loseAnswer, "PUT", "/upload/"),
            .init(.refuse(status: 503, reason: "backendError"), "PUT", "/upload/"))
        try await bench.exporter().run()
        try bench.expectEverythingOnce()
        #expect(bench.fake.jobIDs.count == 1)
        let ranges = bench.fake.requests.filter { $0.method == "PUT" }.compactMap { $0.headers["content-range"] }
        #expect(ranges.first?.hasPrefix("bytes 0-4194303/") == true)
        #expect(ranges.contains { $0.hasPrefix("bytes */") })
        #expect(ranges.contains { $0.hasPrefix("bytes 1048576-4194303/") }, "\(ranges)")
        await bench.fake.stop()
    }

    @Test("A batch whose last answer was lost is found again by its job")
    func lostEnd() async throws {
        let bench = try await ExportBench(events: 300, bytes: 20_000)
        // The portions of 4 MiB: the second is the last.
        bench.fake.add(.init(.refuse(status: 503, reason: "backendError"), "POST", "/upload/"))
        bench.fake.add(.init(.loseAnswer, "PUT", "/upload/"), .init(.loseAnswer, "PUT", "/upload/"))
        try await bench.exporter().run()
        try bench.expectEverythingOnce()
        #expect(bench.fake.jobIDs.count == 1)
        await bench.fake.stop()
    }

    @Test("Two exporters of one name work on the same batches")
    func two() async throws {
        let bench = try await ExportBench(events: 2000)
        let first = try bench.exporter { $0.limits.events = 130 }
        let second = try bench.exporter { $0.limits.events = 170 }
        bench.fake.run(forPolls: 3, 0, 2, 5, 0, 1, 0, 4)
        bench.fake.failJobs("backendError")
        async let one: Void = first.run()
        async let other: Void = second.run()
        _ = try await (one, other)
        try bench.expectEverythingOnce()
        await bench.fake.stop()
    }

    @Test("An exporter that was stopped anywhere leaves a plan with which the next one goes on")
    func cancellation() async throws {
        let bench = try await ExportBench(events: 1500)
        var random = SplitMix64(seed: 11)
        for _ in 0..<20 {
            let exporter = try bench.exporter { $0.limits.events = 60 }
            bench.fake.run(forPolls: Int.random(in: 0...3, using: &random))
            let task = Task { try await exporter.run() }
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...25, using: &random)))
            task.cancel()
            _ = await task.result
        }
        try await bench.exporter { $0.limits.events = 60 }.run()
        try bench.expectEverythingOnce()
        await bench.fake.stop()
    }

    @Test("A value that BigQuery cannot hold stops the export with its event and column, or goes to a file")
    func deadLetters() async throws {
        let bench = try await ExportBench(events: 3)
        try bench.store.save([Event(id: "bad", type: "T", source: "/", data: .json(try JSON("1E400")))], for: "s")
        try bench.save(3)
        let error = await #expect(throws: BigQueryExportError.self) { try await bench.exporter().run() }
        #expect(error?.code == .badEvent && error?.position == 4)
        #expect(error?.message.contains("event bad of s (position 4), column data: ") == true)
        #expect(bench.loadedPositions.isEmpty)
        let path = bench.folder.file("dead.ndjson")
        try await bench.exporter { $0.deadLetterPath = path }.run()
        #expect(bench.loadedPositions == [1, 2, 3, 5, 6, 7])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasPrefix(#"{"position":4,"aggregate_id":"s","event_id":"bad","column":"data","reason":"#))
        #expect(try await bench.summary().rejected == 1)
        await bench.fake.stop()
    }

    @Test("A row that BigQuery refuses is named; after the table was put right, the same range is sent with a new id")
    func badRow() async throws {
        let bench = try await ExportBench(events: 5)
        var narrow = bench.mapping.table
        narrow.fields.removeAll { $0.name == "causation_id" }
        let other = BigQueryTableName(project: "p", dataset: "d", table: "narrow")
        _ = try await bench.client.create(bench.mapping.table, other)
        try bench.store.save([Event(id: "last", type: "T", source: "/", causationID: "e")], for: "s")
        bench.fake.failJobs("invalid")
        let error = await #expect(throws: BigQueryExportError.self) {
            try await bench.exporter { $0.destination = other }.run()
        }
        #expect(error?.code == .refused && error?.message.contains("invalid") == true)
        try await bench.exporter { $0.destination = other }.run()
        #expect(bench.fake.rows(of: "d.narrow").count == 6)
        #expect(bench.fake.jobIDs.map { $0.suffix(3) } == ["_a1", "_a2"])
        await bench.fake.stop()
    }

    @Test("An export begins only where it can be exact")
    func beginnings() async throws {
        let bench = try await ExportBench(events: 5)
        func code(_ change: (inout BigQueryExporter.Options) -> Void) async -> BigQueryExportError.Code? {
            do {
                try await bench.exporter(change).run()
                return nil
            } catch {
                return (error as? BigQueryExportError)?.code
            }
        }
        let missing = BigQueryTableName(project: "p", dataset: "d", table: "missing")
        #expect(await code { $0.destination = missing } == .noTable)
        #expect(await code { $0.name = "a b" } == .badSetting)
        #expect(await code { _ in } == nil)
        #expect(await code { $0.name = "other" } == .notEmpty)
        #expect(await code { $0.destination = missing } == .noTable)
        let second = BigQueryTableName(project: "p", dataset: "d", table: "second")
        var table = bench.mapping.table
        table.fields.removeLast()
        table.partitioning = nil
        _ = try await bench.client.create(table, second)
        #expect(await code { $0.destination = second } == .differentSchema)
        let third = BigQueryTableName(project: "p", dataset: "d", table: "third")
        _ = try await bench.client.create(bench.mapping.table, third)
        #expect(await code { $0.destination = third } == .otherDestination)
        #expect(await code { ($0.destination, $0.name, $0.startPosition) = (third, "third", 3) } == nil)
        #expect(bench.fake.rows(of: "d.third").count == 2)
        await bench.fake.stop()
    }

    @Test("Following, a batch waits for its age and then goes, also with what is saved meanwhile")
    func following() async throws {
        let bench = try await ExportBench(events: 3)
        let exporter = try bench.exporter {
            $0.follows = true
            $0.limits.age = .zero
            $0.limits.interval = .zero
        }
        let task = Task { try await exporter.run() }
        for round in 1...5 {
            let expected = 3 + (round - 1) * 10
            while bench.loadedPositions.count < expected { try await Task.sleep(for: .milliseconds(5)) }
            try bench.save(10)
        }
        while bench.loadedPositions.count < 53 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try bench.expectEverythingOnce()
        await bench.fake.stop()
    }

    @Test("A range that does not give the bytes that were planned is not sent")
    func changedEvents() async throws {
        let bench = try await ExportBench(events: 5)
        bench.fake.add(.init(.refuse(status: 403, reason: "accessDenied"), "POST", "/upload/"))
        let refused = await #expect(throws: BigQueryExportError.self) { try await bench.exporter().run() }
        #expect(refused?.code == .refused)
        let connection = try SQLiteConnection(path: bench.path, mode: .write)
        try connection.execute("DROP TRIGGER events_refuse_update")
        try connection.execute("UPDATE events SET type = 'Other' WHERE position = 3")
        let error = await #expect(throws: BigQueryExportError.self) { try await bench.exporter().run() }
        #expect(error?.code == .changedBatch)
        #expect(bench.loadedPositions.isEmpty)
        await bench.fake.stop()
    }

    @Test("The table is created, and changed when columns were added, unless somebody was faster")
    func tablePlans() async throws {
        let bench = try await ExportBench(events: 0)
        let name = BigQueryTableName(project: "p", dataset: "d", table: "evolving")
        var old = bench.mapping.table
        old.fields.removeAll { $0.name == "causation_id" }
        let creation = try await TablePlan(bench.mapping, name, client: bench.client)
        #expect(creation.lines == ["create table  p.d.evolving with 17 columns"])
        _ = try await bench.client.create(old, name)
        let late = await #expect(throws: BigQueryExportError.self) { try await creation.apply(createsDataset: false) }
        #expect(late?.message.contains("somebody has just created") == true)
        let change = try await TablePlan(bench.mapping, name, client: bench.client)
        #expect(change.lines == ["add column    causation_id STRING"])
        let other = try await TablePlan(bench.mapping, name, client: bench.client)
        try await change.apply(createsDataset: false)
        let slow = await #expect(throws: BigQueryExportError.self) { try await other.apply(createsDataset: false) }
        #expect(slow?.message.contains("somebody has just changed") == true)
        await bench.fake.stop()
    }

    @Test("Files for bq have the same lines, a schema and a script")
    func files() async throws {
        let bench = try await ExportBench(events: 250)
        var limits = BatchLimits()
        limits.events = 100
        let folder = bench.folder.file("out")
        let export = try DirectoryExport(
            ExportDatabase.sqlite(path: bench.path), bench.mapping, to: folder, limits: limits, deadLetterPath: nil)
        #expect(try await export.run(after: 0) == 250)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names.filter { $0.hasSuffix(".ndjson") }.count == 3)
        #expect(names.suffix(1) == ["schema.json"] && names.contains("create.sql") && names.contains("load.sh"))
        try await bench.exporter().run()
        let lines = try names.filter { $0.hasSuffix(".ndjson") }.flatMap { name in
            try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n").map(String.init)
        }
        #expect(Set(lines) == Set(bench.fake.rows(of: "d.events")) && lines.count == 250)
        let error = await #expect(throws: BigQueryExportError.self) { _ = try await export.run(after: 0) }
        #expect(error?.message.contains("not empty") == true)
        await bench.fake.stop()
    }
}
