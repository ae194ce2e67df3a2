import EventSourcing
import Testing

@Suite("The importer")
struct EventImporterTests {
    private let store = InMemoryEventStore()

    private func importer(
        _ policy: EventImporter<InMemoryEventStore>.ErrorPolicy = .stop,
        report: @escaping (ImportNotice) -> Void = { _ in }
    ) -> EventImporter<InMemoryEventStore> {
        EventImporter(
            store: store, errorPolicy: policy, makeColumns: { _ in StandardColumns() }, report: report)
    }

    private func line(_ id: Int, subject: String = "a", type: String = "T") -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"/","type":"\#(type)","subject":"\#(subject)"}"#
    }

    private func add(_ lines: [String], to importer: inout EventImporter<InMemoryEventStore>) throws {
        for line in lines {
            try Array(line.utf8).withUnsafeBufferPointer { try importer.add($0) }
        }
        try importer.finish()
    }

    @Test("stores every line once, however often it comes")
    func repeated() throws {
        let lines = (1...5000).map { line($0, subject: "s\($0 % 7)") }
        var first = importer()
        try add(lines + ["", "  \r"], to: &first)
        #expect(first.summary.stored == 5000 && first.summary.lines == 5002)
        var second = importer()
        try add(lines, to: &second)
        #expect(second.summary.stored == 0 && second.summary.alreadyStored == 5000)
        #expect(try store.loadFeed(after: 0, limit: .max).map(\.event.id) == (1...5000).map(String.init))
    }

    @Test("stops at a bad line after what came before it, and stores nothing behind it")
    func stopping() throws {
        var importer = importer()
        #expect { try add([line(1), line(2), "{", line(3)], to: &importer) } throws: { ($0 as? ImportError)?.line == 3 }
        #expect(try store.loadFeed(after: 0, limit: 10).map(\.event.id) == ["1", "2"])
    }

    @Test("stops at an event id with other content, and stores nothing behind it")
    func stoppingAtDuplicate() throws {
        var importer = importer()
        #expect {
            try add([line(1), line(1, type: "U"), line(2)], to: &importer)
        } throws: { ($0 as? ImportError)?.line == 2 && ($0 as? ImportError)?.underlying is DuplicateEventError }
        #expect(try store.version(of: "a") == 1)
        #expect(importer.summary.stored == 1)
    }

    @Test("skips bad lines when told so, and reports each")
    func skipping() throws {
        var notices: [ImportNotice] = []
        var importer = importer(.skip) { notices.append($0) }
        try add([line(1), "{", line(2), line(1, type: "U"), line(3, subject: ""), line(4)], to: &importer)
        #expect(notices.map(\.line).sorted() == [2, 4, 5])
        #expect(importer.summary.skipped == 3 && importer.summary.stored == 3)
        #expect(try store.version(of: "a") == 3)
    }

    @Test("recognises the export of an event without a subject, and goes on behind it")
    func exported() throws {
        try store.save([Event(id: "1", type: "T", source: "/", time: Instant(microsecondsSince1970: 5))], for: "a")
        let exported = String(decoding: CloudEventMessage(try store.load("a")[0]).line, as: UTF8.self)
        var importer = importer()
        try add([exported, line(2), line(3)], to: &importer)
        #expect(importer.summary.alreadyStored == 1 && importer.summary.stored == 2)
        #expect(try store.version(of: "a") == 3)
    }
}
