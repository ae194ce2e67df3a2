import EventSourcing

extension CheckList {
    /// Which snapshot of an aggregate a load finds.
    mutating func addSnapshots() {
        add("A load resumes after a snapshot with the events that are not folded in") { bench in
            try await bench.grow("order-1", by: 1...5)
            try await bench.store.saveSnapshot(makeSnapshot(version: 3))
            let loaded = try expectValue("the snapshot", try await bench.store.loadSnapshot("order-1"))
            let later = try await bench.store.load("order-1", fromVersion: loaded.version + 1)
            try expect("the versions after the snapshot", later.map(\.version), is: [4, 5])
        }
        add("A snapshot comes back exactly: state by its bytes, time to the microsecond") { bench in
            try await bench.grow("order-1", by: 1...2)
            for microseconds in [1_700_000_000_123_456, -1, Int64(0)] {
                let saved = Snapshot(
                    aggregateID: "order-1", version: 2, aggregateType: "\u{D6}rder", state: try JSON(awkwardJSON),
                    stateSchema: "v1/\u{E9}", recordedAt: Instant(microsecondsSince1970: microseconds))
                try await bench.store.saveSnapshot(saved)
                try expect("the snapshot", try await bench.store.loadSnapshot("order-1"), is: saved)
            }
        }
        add("The snapshot of the highest version wins, whatever was saved last") { bench in
            try await bench.grow("order-1", by: 1...9)
            for version in [3, 9, 5] { try await bench.store.saveSnapshot(makeSnapshot(version: version)) }
            let loaded = try await bench.store.loadSnapshot("order-1")
            try expect("the version of the snapshot", loaded?.version, is: 9)
        }
        add("A snapshot of the same version replaces the one before") { bench in
            try await bench.grow("order-1", by: 1...3)
            try await bench.store.saveSnapshot(makeSnapshot(version: 3, stateSchema: "v1"))
            let second = makeSnapshot(version: 3, stateSchema: "v2")
            try await bench.store.saveSnapshot(second)
            try expect("the snapshot", try await bench.store.loadSnapshot("order-1"), is: second)
            let first = try await bench.store.loadSnapshot("order-1", stateSchema: "v1")
            try expect("the snapshot that was replaced", first, is: nil)
        }
        add("An aggregate never sees the snapshot of another") { bench in
            for stream in ["order-1", "order-2", "caf\u{E9}", "cafe\u{301}"] {
                try await bench.grow(stream, by: 1...2)
            }
            let saved = [makeSnapshot(of: "order-1", version: 1), makeSnapshot(of: "caf\u{E9}", version: 2)]
            for snapshot in saved { try await bench.store.saveSnapshot(snapshot) }
            for snapshot in saved {
                let loaded = try await bench.store.loadSnapshot(snapshot.aggregateID)
                try expect("the snapshot of \(escaped(snapshot.aggregateID))", loaded, is: snapshot)
            }
            for stream in ["order-2", "order-%", "cafe\u{301}", "ORDER-1", "unknown"] {
                try expect("the snapshot of \(escaped(stream))", try await bench.store.loadSnapshot(stream), is: nil)
            }
        }
        add("A snapshot of another schema is not seen when one is asked for") { bench in
            try await bench.grow("order-1", by: 1...2)
            let saved = makeSnapshot(version: 2, stateSchema: "v2")
            try await bench.store.saveSnapshot(saved)
            for (stateSchema, expected) in [("v2", saved), ("v1", nil), ("V2", nil), (nil, saved)] {
                let loaded = try await bench.store.loadSnapshot("order-1", stateSchema: stateSchema)
                try expect("the snapshot of schema \(escaped(stateSchema))", loaded, is: expected)
            }
            let untagged = makeSnapshot(version: 2)
            try await bench.store.saveSnapshot(untagged)
            let asked = try await bench.store.loadSnapshot("order-1", stateSchema: "v2")
            try expect("the snapshot without a schema, when one is asked for", asked, is: nil)
            try expect("the snapshot", try await bench.store.loadSnapshot("order-1"), is: untagged)
        }
        addRetention()
    }

    private mutating func addRetention() {
        let count = retention.count
        add("As many snapshots stay as the store is set to keep, those of the highest versions") { bench in
            let last = (count ?? 3) + 2
            try await bench.grow("order-1", by: 1...last)
            try await bench.grow("order-2", by: 1...1)
            try await bench.store.saveSnapshot(makeSnapshot(of: "order-2", version: 1))
            // Each has a tag of its own, so that it can be asked for; the oldest comes last.
            for version in Array(2...last) + [1] {
                try await bench.store.saveSnapshot(makeSnapshot(version: version, stateSchema: "v\(version)"))
            }
            for version in 1...last {
                let isKept = count.map { version > last - $0 } ?? true
                let loaded = try await bench.store.loadSnapshot("order-1", stateSchema: "v\(version)")
                try expect("the snapshot of v\(version) of \(last)", loaded?.version, is: isKept ? version : nil)
            }
            let other = try await bench.store.loadSnapshot("order-2")
            try expect("the version of the snapshot of another aggregate", other?.version, is: 1)
        }
    }
}
