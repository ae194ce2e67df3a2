import EventSourcing

/// What a check works with: a store of its own, and events to save in it.
struct Bench<Store: AsyncCompleteStore>: Sendable {
    typealias Columns = Store.Columns

    let store: Store
    let makeColumns: @Sendable (Int) -> Columns

    /// An event with the attributes that it must have; the change adds others.
    func event(_ id: String, _ change: (inout Event<Columns>) -> Void = { _ in }) -> Event<Columns> {
        var event = Event(id: id, type: "Counted", source: "/conformance", columns: makeColumns(1))
        change(&event)
        return event
    }

    /// Events that differ from each other in id, data and columns; the same numbers give the same events.
    func events(_ numbers: ClosedRange<Int>, prefix: String = "event") -> [Event<Columns>] {
        numbers.map { number in
            event("\(prefix)-\(number)") {
                $0.data = .json(JSON(uncheckedBytes: Array(#"{"number":\#(number)}"#.utf8)))
                $0.columns = makeColumns(number)
            }
        }
    }

    /// Saves events of these numbers, so that there is a stream to work with.
    @discardableResult
    func grow(_ aggregateID: String, by numbers: ClosedRange<Int>) async throws -> SaveResult {
        try await store.save(events(numbers), for: aggregateID)
    }

    /// All events of the store, in pages.
    func wholeFeed(pageSize: Int = 1000) async throws -> [RecordedEvent<Columns>] {
        var events: [RecordedEvent<Columns>] = []
        while true {
            let position = events.last?.position ?? 0
            let page = try await store.loadFeed(after: position, limit: pageSize)
            guard let last = page.last else { return events }
            // Without this, a store that repeats itself would be read for ever.
            try expect(last.position > position, "a page after position \(position) ends at position \(last.position)")
            events += page
        }
    }
}

// MARK: Expectations of a store

extension Bench {
    /// Throws unless the stream has exactly these events, attribute by attribute, with versions from 1 on.
    func expectStream(
        _ aggregateID: String, is events: [Event<Columns>], fileID: String = #fileID, line: Int = #line
    ) async throws {
        let stream = try await store.load(aggregateID)
        try expect(
            "events in stream \(escaped(aggregateID))", stream.count, is: events.count, fileID: fileID, line: line)
        for (index, (recorded, event)) in zip(stream, events).enumerated() {
            let place = "event \(index) of stream \(escaped(aggregateID))"
            try expect("the version of \(place)", recorded.version, is: index + 1, fileID: fileID, line: line)
            try expect(
                recorded.aggregateID.hasSameBytes(as: aggregateID),
                "\(place) says that it is of stream \(escaped(recorded.aggregateID))", fileID: fileID, line: line)
            let differences = recorded.differences(from: event)
            try expect(
                differences.isEmpty, "\(place) differs: \(differences.joined(separator: "; "))", fileID: fileID,
                line: line)
        }
    }

    /// Throws unless the whole store reads the same before and after a call.
    func expectNothingWritten(
        fileID: String = #fileID, line: Int = #line, during call: () async throws -> Void
    ) async throws {
        let before = try await wholeFeed()
        try await call()
        let after = try await wholeFeed()
        try expect(
            "events in the store after a call that writes nothing", after.count, is: before.count, fileID: fileID,
            line: line)
        try expect(before == after, "a call that writes nothing changed an event", fileID: fileID, line: line)
    }

    /// Throws unless the save is refused as a conflict that tells the truth, and writes nothing.
    func expectConflict(
        saving events: [Event<Columns>], for aggregateID: String, expected: ExpectedVersion, actual: Int,
        fileID: String = #fileID, line: Int = #line
    ) async throws {
        try await expectNothingWritten(fileID: fileID, line: line) {
            let error = try await expectError(
                ConcurrencyError.self, "a save that expects \(expected)", fileID: fileID, line: line
            ) { try await store.save(events, for: aggregateID, expectedVersion: expected) }
            let conflict = ConcurrencyError(aggregateID: aggregateID, expected: expected, actual: actual)
            try expect("the conflict", error, is: conflict, fileID: fileID, line: line)
        }
    }

    /// Throws unless the save is refused as a duplicate of that kind, and writes nothing.
    func expectDuplicate(
        _ code: DuplicateEventError.Code, of eventID: String? = nil, saving events: [Event<Columns>],
        for aggregateID: String, expectedVersion: ExpectedVersion = .any, _ subject: String = "a save of known ids",
        fileID: String = #fileID, line: Int = #line
    ) async throws {
        try await expectNothingWritten(fileID: fileID, line: line) {
            let error = try await expectError(DuplicateEventError.self, subject, fileID: fileID, line: line) {
                try await store.save(events, for: aggregateID, expectedVersion: expectedVersion)
            }
            try expect("the kind of duplicate for \(subject)", error.code, is: code, fileID: fileID, line: line)
            try expect(
                error.aggregateID.hasSameBytes(as: aggregateID), "the duplicate names stream \(error.aggregateID)",
                fileID: fileID, line: line)
            if let eventID {
                try expect("the id of the duplicate", error.eventID, is: eventID, fileID: fileID, line: line)
            }
        }
    }

    /// Throws unless the save is refused for an attribute of one event, and writes nothing.
    func expectInvalid(
        _ code: InvalidEventError.Code, _ attribute: String, at index: Int?, saving events: [Event<Columns>],
        for aggregateID: String = "order-1", fileID: String = #fileID, line: Int = #line
    ) async throws {
        try await expectNothingWritten(fileID: fileID, line: line) {
            let error = try await expectError(
                InvalidEventError.self, "an event with an invalid \(attribute)", fileID: fileID, line: line
            ) { try await store.save(events, for: aggregateID) }
            try expect("the rule that \(attribute) breaks", error.code, is: code, fileID: fileID, line: line)
            try expect("the attribute that is refused", error.attribute, is: attribute, fileID: fileID, line: line)
            try expect("the index of the event refused", error.index, is: index, fileID: fileID, line: line)
        }
    }
}
