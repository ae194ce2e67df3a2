import EventSourcing

extension CheckList {
    /// Which snapshots a store refuses.
    mutating func addSnapshotRefusals() {
        add("A snapshot beyond the end of the stream is refused") { bench in
            try await bench.grow("order-1", by: 1...3)
            for (stream, version, streamVersion) in [("order-1", 4, 3), ("order-1", .max, 3), ("order-2", 1, 0)] {
                let error = try await expectError(SnapshotError.self, "a snapshot of v\(version) of \(stream)") {
                    try await bench.store.saveSnapshot(makeSnapshot(of: stream, version: version))
                }
                let expected = SnapshotError(
                    .beyondStream, aggregateID: stream, version: version, streamVersion: streamVersion)
                try expect("the refusal", error, is: expected)
                try expect("the snapshot", try await bench.store.loadSnapshot(stream), is: nil)
            }
        }
        add("A snapshot of no events is refused") { bench in
            try await bench.grow("order-1", by: 1...3)
            for version in [0, -1] {
                let error = try await expectError(SnapshotError.self, "a snapshot of v\(version)") {
                    try await bench.store.saveSnapshot(makeSnapshot(version: version))
                }
                try expect("the refusal", error.code, is: .invalidVersion)
            }
            try expect("the snapshot", try await bench.store.loadSnapshot("order-1"), is: nil)
        }
        add("A snapshot with a text or a time that cannot be kept is refused") { bench in
            try await bench.grow("order-1", by: 1...3)
            try await bench.expectRefusal(.missing, "aggregate_id") { $0.aggregateID = "" }
            try await bench.expectRefusal(.missing, "aggregate_type") { $0.aggregateType = "" }
            try await bench.expectRefusal(.containsNull, "aggregate_type") { $0.aggregateType = "Or\0der" }
            try await bench.expectRefusal(.containsNull, "state_schema") { $0.stateSchema = "v\0" }
            try await bench.expectRefusal(.tooLong, "state_schema") {
                $0.stateSchema = String(repeating: "v", count: 1025)
            }
            try await bench.expectRefusal(.timeTooFine, "recorded_at") {
                $0.recordedAt = Instant(microsecondsSince1970: 1, nanosecondsLeft: 1)
            }
            try await bench.expectRefusal(.timeOutOfRange, "recorded_at") {
                $0.recordedAt = Instant(microsecondsSince1970: 253_402_300_800_000_000)
            }
            try expect("the snapshot", try await bench.store.loadSnapshot("order-1"), is: nil)
        }
    }
}

/// A snapshot whose state says which version it is of.
func makeSnapshot(of aggregateID: String = "order-1", version: Int, stateSchema: String? = nil) -> Snapshot {
    Snapshot(
        aggregateID: aggregateID, version: version, aggregateType: "Order",
        state: JSON(uncheckedBytes: Array(#"{"version":\#(version)}"#.utf8)), stateSchema: stateSchema,
        recordedAt: Instant(microsecondsSince1970: 1_700_000_000_000_000))
}

extension Bench {
    /// Throws unless the snapshot, changed in this way, is refused.
    fileprivate func expectRefusal(
        _ code: InvalidEventError.Code, _ attribute: String, fileID: String = #fileID, line: Int = #line,
        _ change: (inout Snapshot) -> Void
    ) async throws {
        var snapshot = makeSnapshot(version: 2)
        change(&snapshot)
        let error = try await expectError(
            InvalidEventError.self, "a snapshot with an invalid \(attribute)", fileID: fileID, line: line
        ) { try await store.saveSnapshot(snapshot) }
        try expect("the rule that \(attribute) breaks", error.code, is: code, fileID: fileID, line: line)
        try expect("the attribute that is refused", error.attribute, is: attribute, fileID: fileID, line: line)
    }
}
