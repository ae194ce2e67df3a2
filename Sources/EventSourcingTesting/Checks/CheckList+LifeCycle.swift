import EventSourcing

extension CheckList {
    /// From `initialize()` to `close()`.
    mutating func addLifeCycle() {
        add("Calling initialize() again is harmless, even at the same time") { bench in
            try await bench.grow("order-1", by: 1...2)
            try await bench.expectNothingWritten {
                try await bench.store.initialize()
                _ = try await inParallel(4) { _ in try await bench.store.initialize() }
            }
            try await bench.grow("order-1", by: 3...3)
            try await bench.expectStream("order-1", is: bench.events(1...3))
        }
        add("After close() every call throws that the store is closed") { bench in
            try await bench.grow("order-1", by: 1...2)
            let store = bench.store
            await store.close()
            await store.close()
            try await bench.expectClosed("initialize") { try await store.initialize() }
            try await bench.expectClosed("save") { try await store.save(bench.events(3...3), for: "order-1") }
            try await bench.expectClosed("save of no events") { try await store.save([], for: "order-1") }
            try await bench.expectClosed("saveEach") {
                try await store.saveEach([StreamAppend(bench.events(3...3), to: "order-1")])
            }
            try await bench.expectClosed("load") { try await store.load("order-1") }
            try await bench.expectClosed("version") { try await store.version(of: "order-1") }
            try await bench.expectClosed("saveSnapshot") { try await store.saveSnapshot(makeSnapshot(version: 1)) }
            try await bench.expectClosed("loadSnapshot") { try await store.loadSnapshot("order-1") as Any }
            try await bench.expectClosed("loadTrace") { try await store.loadTrace(correlationID: "checkout") }
            try await bench.expectClosed("loadEffects") { try await store.loadEffects(of: "event-1") }
            try await bench.expectClosed("loadFeed") { try await store.loadFeed(after: 0, limit: 10) }
            try await bench.expectClosed("loadCheckpoint") { try await store.loadCheckpoint(of: "totals") }
            try await bench.expectClosed("saveCheckpoint") { try await store.saveCheckpoint(1, of: "totals") }
            try await bench.expectClosed("loadStreams") { try await store.loadStreams(after: nil, limit: 10) }
        }
    }
}

extension Bench {
    /// Throws unless the call throws that the store is closed.
    fileprivate func expectClosed(
        _ call: String, fileID: String = #fileID, line: Int = #line, _ body: () async throws -> Any
    ) async throws {
        let error = try await expectError(
            StoreError.self, "\(call) after close", fileID: fileID, line: line, from: body)
        try expect("the error of \(call) after close", error.code, is: .closed, fileID: fileID, line: line)
    }
}
