import EventSourcing

extension CheckList {
    /// Which events of a stream a load finds.
    mutating func addLoading() {
        add("A load includes the version that it starts from") { bench in
            try await bench.grow("order-1", by: 1...5)
            for version in 1...5 {
                try await bench.expectVersions(Array(version...5), fromVersion: version)
            }
        }
        add("Loading from version 0 and from version 1 both mean everything") { bench in
            try await bench.grow("order-1", by: 1...3)
            try await bench.expectVersions([1, 2, 3])
            try await bench.expectVersions([1, 2, 3], fromVersion: 0)
            try await bench.expectVersions([1, 2, 3], fromVersion: 1)
        }
        add("There is nothing to load past the end of a stream, nor in an unknown one") { bench in
            try await bench.grow("order-1", by: 1...3)
            for version in [4, 5, Int(Int32.max) + 1, Int.max] {
                try await bench.expectVersions([], fromVersion: version)
                try await bench.expectVersions([], fromVersion: version, order: .descending)
            }
            let unknown = try await bench.store.load("order-2")
            try expect("the number of events in an unknown stream", unknown.count, is: 0)
        }
        add("A negative version or limit is an argument error") { bench in
            try await bench.grow("order-1", by: 1...3)
            for number in [-1, Int.min] {
                try await expectError(InvalidArgumentError.self, "loading from version \(number)") {
                    try await bench.store.load("order-1", fromVersion: number)
                }
                try await expectError(InvalidArgumentError.self, "loading to version \(number)") {
                    try await bench.store.load("order-1", toVersion: number)
                }
                try await expectError(InvalidArgumentError.self, "loading with the limit \(number)") {
                    try await bench.store.load("order-1", limit: number)
                }
            }
        }
        add("A load gives no more events than its limit, and none for 0") { bench in
            try await bench.grow("order-1", by: 1...5)
            try await bench.expectVersions([], limit: 0)
            try await bench.expectVersions([1, 2], limit: 2)
            try await bench.expectVersions([3, 4], fromVersion: 3, limit: 2)
            for limit in [5, 6, Int.max] { try await bench.expectVersions([1, 2, 3, 4, 5], limit: limit) }
        }
        add("A load ends with its last version, which is included") { bench in
            try await bench.grow("order-1", by: 1...5)
            try await bench.expectVersions([], toVersion: 0)
            try await bench.expectVersions([1], toVersion: 1)
            try await bench.expectVersions([2, 3, 4], fromVersion: 2, toVersion: 4)
            try await bench.expectVersions([2, 3], fromVersion: 2, toVersion: 4, limit: 2)
            try await bench.expectVersions([], fromVersion: 4, toVersion: 3)
            for last in [5, 6, Int.max] { try await bench.expectVersions([4, 5], fromVersion: 4, toVersion: last) }
        }
        add("A descending load starts at the end of its range") { bench in
            try await bench.grow("order-1", by: 1...5)
            try await bench.expectVersions([5, 4, 3, 2, 1], order: .descending)
            try await bench.expectVersions([5, 4, 3], fromVersion: 3, order: .descending)
            try await bench.expectVersions([5, 4], limit: 2, order: .descending)
            try await bench.expectVersions([], limit: 0, order: .descending)
            try await bench.expectVersions([4, 3], fromVersion: 2, toVersion: 4, limit: 2, order: .descending)
        }
    }

    /// Reading a stream in pages.
    mutating func addStreaming() {
        add("A stream read in pages gives every event once, in both orders, whatever the page's size") { bench in
            try await bench.grow("order-1", by: 1...20)
            for pageSize in [1, 3, 4, 19, 20, 21, 512] {
                try await bench.expectPages(Array(1...20), pageSize: pageSize)
                try await bench.expectPages((1...20).reversed(), order: .descending, pageSize: pageSize)
                try await bench.expectPages(Array(7...20), fromVersion: 7, pageSize: pageSize)
                try await bench.expectPages(
                    (7...20).reversed(), fromVersion: 7, order: .descending, pageSize: pageSize)
            }
            try await bench.expectPages([], fromVersion: 21, pageSize: 4)
        }
        add("A stream read in pages ends at a version or a limit, in both orders") { bench in
            try await bench.grow("order-1", by: 1...20)
            for pageSize in [1, 4, 5, 10, 512] {
                try await bench.expectPages(Array(7...16), fromVersion: 7, toVersion: 16, pageSize: pageSize)
                try await bench.expectPages(
                    (7...16).reversed(), fromVersion: 7, toVersion: 16, order: .descending, pageSize: pageSize)
                try await bench.expectPages(Array(3...7), fromVersion: 3, limit: 5, pageSize: pageSize)
                try await bench.expectPages(
                    (12...16).reversed(), toVersion: 16, limit: 5, order: .descending, pageSize: pageSize)
                try await bench.expectPages([], limit: 0, pageSize: pageSize)
                try await bench.expectPages(Array(1...20), limit: 21, pageSize: pageSize)
            }
        }
        add("A stream read in pages refuses a negative version and a page of no events") { bench in
            try await expectError(InvalidArgumentError.self, "pages from version -1") {
                try bench.store.events(of: "order-1", fromVersion: -1)
            }
            try await expectError(InvalidArgumentError.self, "pages up to version -1") {
                try bench.store.events(of: "order-1", toVersion: -1)
            }
            try await expectError(InvalidArgumentError.self, "pages with the limit -1") {
                try bench.store.events(of: "order-1", limit: -1)
            }
            try await expectError(InvalidArgumentError.self, "pages of 0 events") {
                try bench.store.events(of: "order-1", pageSize: 0)
            }
        }
    }
}

extension Bench {
    /// Throws unless a load of `order-1` finds these versions, each with its own event.
    fileprivate func expectVersions(
        _ versions: [Int], fromVersion: Int = 0, toVersion: Int? = nil, limit: Int? = nil,
        order: ReadOrder = .ascending, fileID: String = #fileID, line: Int = #line
    ) async throws {
        let events = try await store.load(
            "order-1", fromVersion: fromVersion, toVersion: toVersion, limit: limit, order: order)
        try expectNumbered(events, versions, fileID: fileID, line: line)
    }

    /// Throws unless reading `order-1` in pages finds these versions, each with its own event.
    fileprivate func expectPages(
        _ versions: [Int], fromVersion: Int = 0, toVersion: Int? = nil, limit: Int? = nil,
        order: ReadOrder = .ascending, pageSize: Int, fileID: String = #fileID, line: Int = #line
    ) async throws {
        var events: [RecordedEvent<Columns>] = []
        let stream = try store.events(
            of: "order-1", fromVersion: fromVersion, toVersion: toVersion, limit: limit, order: order,
            pageSize: pageSize)
        for try await event in stream {
            events.append(event)
            // Without this, a store that repeats itself would be read for ever.
            try expect(
                events.count <= versions.count, "pages of \(pageSize) give more than \(versions.count) events",
                fileID: fileID, line: line)
        }
        try expectNumbered(events, versions, fileID: fileID, line: line)
    }

    private func expectNumbered(
        _ events: [RecordedEvent<Columns>], _ versions: [Int], fileID: String, line: Int
    ) throws {
        let ids = versions.map { "event-\($0)" }
        try expect("the versions loaded", events.map(\.version), is: versions, fileID: fileID, line: line)
        try expect("the events loaded", events.map(\.event.id), is: ids, fileID: fileID, line: line)
    }
}
