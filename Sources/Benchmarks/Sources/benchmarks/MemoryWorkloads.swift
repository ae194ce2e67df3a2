import EventSourcing

/// The workloads of the store in memory.
///
/// Building an event takes longer than keeping it in memory, so the saves are measured without it and with it.
struct MemoryWorkloads: Sendable {
    let plan: Plan
    let report: Report

    private typealias Append = StreamAppend<StandardColumns>

    /// The figure of a short workload is the median of so many runs, each with a store of its own.
    private let runs = 5
    private let orders = OrderEvents.standard

    func run() throws {
        if plan.includes(.memorySaves) { try measureSaves(.memorySaves, perSave: plan.eventsPerLargeSave) }
        if plan.includes(.memorySavesBuilding) { try measureSavesBuilding() }
        if plan.includes(.memorySingleSaves) { try measureSaves(.memorySingleSaves, perSave: 1) }
        if plan.includes(.memoryLongStream) { try measureLongStream() }
        if plan.includes(.memoryShortStreams) { try measureShortStreams() }
    }

    private func appends(perSave count: Int) throws -> [Append] {
        try (0..<plan.bulkEvents / count).map { number in
            StreamAppend(
                try orders.events(number * count..<(number + 1) * count), to: "W6-\(number)", expectedVersion: 0)
        }
    }

    private func measureSaves(_ workload: Workload, perSave count: Int) throws {
        let appends = try appends(perSave: count)
        let rates = try (0..<runs).map { _ in
            let store = InMemoryEventStore()
            let start = ContinuousClock.now
            for append in appends {
                try store.save(append.events, for: append.aggregateID, expectedVersion: append.expectedVersion)
            }
            return Double(plan.bulkEvents) / start.duration(to: .now).seconds
        }
        report.figure(workload, perSecond: rates.median)
    }

    private func measureSavesBuilding() throws {
        let count = plan.eventsPerLargeSave
        let store = InMemoryEventStore()
        let start = ContinuousClock.now
        for number in 0..<plan.bulkEvents / count {
            try store.save(orders.events(0..<count), for: "W6-\(number)", expectedVersion: 0)
        }
        report.figure(.memorySavesBuilding, perSecond: Double(plan.bulkEvents) / start.duration(to: .now).seconds)
    }

    private func measureLongStream() throws {
        let store = InMemoryEventStore()
        try store.save(orders.events(0..<plan.longStreamCount), for: plan.longStream, expectedVersion: 0)
        let rates = try (0..<plan.longStreamLoads).map { _ in
            let start = ContinuousClock.now
            try store.load(plan.longStream).checkStream(plan.longStream, count: plan.longStreamCount)
            return Double(plan.longStreamCount) / start.duration(to: .now).seconds
        }
        report.figure(.memoryLongStream, perSecond: rates.dropFirst().median)
    }

    private func measureShortStreams() throws {
        let store = InMemoryEventStore()
        for number in 0..<plan.shortStreams {
            try store.save(orders.events(0..<plan.shortStreamCount), for: "small-\(number)", expectedVersion: 0)
        }
        let rates = try (0..<runs).map { _ in
            let start = ContinuousClock.now
            for number in 0..<plan.shortStreamLoads {
                let name = "small-\(number % plan.shortStreams)"
                try store.load(name).checkStream(name, count: plan.shortStreamCount)
            }
            return Double(plan.shortStreamLoads) / start.duration(to: .now).seconds
        }
        report.figure(.memoryShortStreams, perSecond: rates.median)
    }
}
