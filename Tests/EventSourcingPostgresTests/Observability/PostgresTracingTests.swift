import EventSourcingPostgres
import InMemoryTracing
import TestSupport
import Testing
import Tracing

@testable import struct EventSourcingPostgres.TraceParent

@Suite("The spans of a PostgreSQL store")
struct PostgresTracingTests {
    private func text(_ span: FinishedInMemorySpan, _ name: String) -> String? {
        if case .string(let text) = span.attributes.get(name) { text } else { nil }
    }

    private func number(_ span: FinishedInMemorySpan, _ name: String) -> Int64? {
        if case .int64(let number) = span.attributes.get(name) { number } else { nil }
    }

    @Test("say what was done, where and with how much, and are part of the caller's trace")
    func attributes() async throws {
        let observed = try await ObservedStore()
        let (store, tracer) = (observed.store, observed.tracer)
        let traceID = try await tracer.withSpan("request") { span in
            try await store.save(ObservedStore.events(3), for: "secret-stream", expectedVersion: 0)
            _ = try await store.load("secret-stream")
            _ = try await store.loadFeed(after: 0, limit: 2)
            try await store.saveSnapshot(
                Snapshot(aggregateID: "secret-stream", version: 1, aggregateType: "A", state: try JSON("1")))
            return span.context.inMemorySpanContext?.traceID
        }
        let save = try #require(observed.spans("save").first)
        #expect(save.kind == .client && save.traceID == traceID && save.status == nil)
        #expect(text(save, "db.system.name") == "postgresql" && text(save, "db.operation.name") == "save")
        #expect(text(save, "db.namespace") == observed.database.name)
        #expect(text(save, "server.address")?.isEmpty == false)
        #expect(number(save, "db.operation.batch.size") == 3)
        #expect(save.operationName == "save public.events" && text(save, "db.collection.name") == "public.events")
        let load = try #require(observed.spans("load").first)
        #expect(load.traceID == traceID && number(load, "db.response.returned_rows") == 3)
        #expect(observed.spans("loadFeed").map { number($0, "db.response.returned_rows") } == [2])
        #expect(observed.spans("saveSnapshot").map { text($0, "db.collection.name") } == ["public.snapshots"])
        #expect(observed.spans("initialize").map(\.operationName) == ["initialize \(observed.database.name)"])
        for span in tracer.finishedSpans {
            #expect(!"\(span.operationName) \(span.attributes)".contains("secret-stream"))
        }
        #expect(tracer.activeSpans.isEmpty)
        await store.close()
    }

    @Test("say how a call failed, but not what was in it")
    func errors() async throws {
        let observed = try await ObservedStore()
        await #expect(throws: ConcurrencyError.self) {
            try await observed.store.save(ObservedStore.events(), for: "secret-stream", expectedVersion: 7)
        }
        try await observed.execute("ALTER TABLE events ADD CONSTRAINT no_poison CHECK (type <> 'poison')")
        await #expect(throws: DatabaseError.self) {
            try await observed.store.save(ObservedStore.events(type: "poison"), for: "b")
        }
        let saves = observed.spans("save")
        #expect(saves.map { text($0, "error.type") } == ["ConcurrencyError", "DatabaseError.constraintViolation"])
        #expect(saves.map { text($0, "db.response.status_code") } == [nil, "23514"])
        #expect(saves.allSatisfy { $0.status?.code == .error && $0.status?.message == nil && $0.errors.isEmpty })
        await observed.store.close()
    }

    // MARK: Correlation

    private func correlationIDs(_ observed: ObservedStore) async throws -> [String?] {
        try await observed.store.loadFeed(after: 0, limit: 100).map(\.correlationID)
    }

    @Test("leave the correlation ids of events alone unless asked")
    func noCorrelation() async throws {
        let observed = try await ObservedStore()
        _ = try await observed.tracer.withSpan("request") { _ in
            try await observed.store.save(ObservedStore.events(), for: "a")
        }
        #expect(try await correlationIDs(observed) == [nil])
        await observed.store.close()
    }

    @Test("become the correlation id of the events that have none, however they are saved")
    func correlation() async throws {
        let observed = try await ObservedStore(
            correlation: PostgresCorrelation { $0.inMemorySpanContext.map { "trace \($0.traceID)" } })
        let store = observed.store
        var given = ObservedStore.events()[0]
        given.correlationID = "given"
        let traceID = try await observed.tracer.withSpan("request") { [given] span in
            try await store.save([given] + ObservedStore.events(), for: "a")
            _ = try await store.saveEach([StreamAppend(ObservedStore.events(), to: "b")])
            try await store.saveTogether([StreamAppend(ObservedStore.events(), to: "c")])
            try await store.withTransaction { transaction in
                _ = try transaction.save([given] + ObservedStore.events(), for: "d")
            }
            return "trace \(span.traceID)"
        }
        #expect(try await correlationIDs(observed) == ["given", traceID, traceID, traceID, "given", traceID])
        // Without a trace there is nothing to take over.
        try await store.save(ObservedStore.events(), for: "e")
        #expect(try await store.load("e").map(\.correlationID) == [nil])
        await store.close()
    }

    @Test("give the trace id that the tracer sends to others")
    func traceID() async throws {
        let database = try await PostgresTestDatabase()
        let store = PostgresEventStore(
            database.configuration, pool: PostgresPoolOptions(minimum: 0),
            observability: PostgresObservability(tracer: SendingTracer(), correlation: .traceID))
        try await store.initialize()
        _ = try await ServiceContext.withValue(.topLevel) {
            try await store.save(ObservedStore.events(), for: "a")
        }
        #expect(try await store.load("a").map(\.correlationID) == ["4bf92f3577b34da6a3ce929d0e0e4736"])
        await store.close()
    }

    @Test(
        "take no trace id from what is none",
        arguments: [
            "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "00-4bf92f35-00f067aa0ba902b7-01",
        ])
    func badHeaders(text: String) {
        #expect(TraceParent(text: text).traceID == nil)
    }
}

/// A tracer whose spans nobody keeps, and that sends one header.
private struct SendingTracer: Tracer {
    private let tracer = InMemoryTracer()

    func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> InMemorySpan {
        tracer.startSpan(
            operationName, context: context(), ofKind: kind, at: instant(), function: function, file: fileID, line: line
        )
    }

    func forceFlush() {}

    func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {}

    func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        injector.inject(
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", forKey: "traceparent", into: &carrier)
        injector.inject("a=b", forKey: "tracestate", into: &carrier)
    }
}
