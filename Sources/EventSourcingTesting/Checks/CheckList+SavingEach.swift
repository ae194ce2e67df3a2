import EventSourcing

extension CheckList {
    /// Several saves at once, each with its own outcome.
    mutating func addSavingEach() {
        add("Saving each of several appends gives each its own outcome, in the order given") { bench in
            try await bench.grow("b", by: 1...2)
            let outcomes = try await bench.store.saveEach([
                StreamAppend(bench.events(1...2), to: "a", expectedVersion: .noStream),
                StreamAppend(bench.events(3...3), to: "b", expectedVersion: 1),
                StreamAppend(bench.events(3...4), to: "a", expectedVersion: 2),
                StreamAppend(bench.events(5...5), to: "a", expectedVersion: 2),
                StreamAppend(bench.events(1...1) + [bench.event("")], to: "c"),
                StreamAppend(bench.events(3...4), to: "b"),
                StreamAppend([], to: "d", expectedVersion: .exists),
                StreamAppend(bench.events(1...1), to: "d", expectedVersion: 0),
            ])
            let expected = [
                "v2", "b: expected v1, got v2", "v4", "a: expected v2, got v4", "InvalidEventError", "v4",
                "d: expected an existing stream, got v0", "v1",
            ]
            try expect("the outcomes", outcomes.map(summary), is: expected)
            for (stream, count) in [("a", 4), ("b", 4), ("d", 1)] {
                try await bench.expectStream(stream, is: bench.events(1...count))
            }
            try await bench.expectStream("c", is: [])
            for (index, stream, versions) in [(0, "a", 1...2), (2, "a", 3...4), (5, "b", 3...4), (7, "d", 1...1)] {
                let events = try await bench.store.load(stream).filter { versions ~= $0.version }
                let positions = try outcomes.dropFirst(index).first?.get().positions
                try expect("the positions of append \(index)", positions, is: events.map(\.position))
            }
        }
        add("Saving each of several appends again is recognised for each") { bench in
            let appends = [
                StreamAppend(bench.events(1...2), to: "a", expectedVersion: .noStream),
                StreamAppend(bench.events(1...1), to: "b", expectedVersion: .noStream),
                StreamAppend(bench.events(3...3), to: "a", expectedVersion: 2),
            ]
            let first = try await bench.store.saveEach(appends).map { try $0.get() }
            try await bench.expectNothingWritten {
                let again = try await bench.store.saveEach(appends).map { try $0.get() }
                let expected = first.map {
                    SaveResult(version: $0.version, positions: $0.positions, wasAlreadySaved: true)
                }
                try expect("the outcomes of the retry", again, is: expected)
            }
        }
        add("Saving each of several appends up to the first failure saves nothing after it") { bench in
            let appends = [
                StreamAppend(bench.events(1...2), to: "a", expectedVersion: .noStream),
                StreamAppend(bench.events(1...1), to: "b", expectedVersion: .noStream),
                StreamAppend(bench.events(3...3), to: "a", expectedVersion: 7),
                StreamAppend(bench.events(4...4), to: "a"),
                StreamAppend(bench.events(1...1), to: "c", expectedVersion: 5),
                StreamAppend(bench.events(1...1), to: "d"),
            ]
            let outcomes = try await bench.store.saveEach(appends, stoppingAtFailure: true)
            try expect("the outcomes", outcomes.map(summary), is: ["v2", "v1", "a: expected v7, got v2"])
            for (stream, count) in [("a", 2), ("b", 1), ("c", 0), ("d", 0)] {
                try expect("the version of \(stream)", try await bench.store.version(of: stream), is: count)
            }
            let rest = try await bench.store.saveEach(appends.suffix(1), stoppingAtFailure: true)
            try expect("the outcomes without a failure", rest.map(summary), is: ["v1"])
        }
        add("The same append twice among several is saved once") { bench in
            let append = StreamAppend(bench.events(1...2), to: "a", expectedVersion: .noStream)
            let results = try await bench.store.saveEach([append, append]).map { try $0.get() }
            try expect("which append was saved already", results.map(\.wasAlreadySaved), is: [false, true])
            try await bench.expectStream("a", is: bench.events(1...2))
        }
        add("Saving each of no appends does nothing") { bench in
            let outcomes = try await bench.store.saveEach([])
            try expect("the number of outcomes", outcomes.count, is: 0)
        }
    }
}

/// The outcome of an append in a word or two.
private func summary(_ outcome: Result<SaveResult, any Error>) -> String {
    switch outcome {
    case .success(let result): "v\(result.version)"
    case .failure(let error as ConcurrencyError): String(describing: error)
    case .failure(is InvalidEventError): "InvalidEventError"
    case .failure(let error): abbreviated(error)
    }
}
