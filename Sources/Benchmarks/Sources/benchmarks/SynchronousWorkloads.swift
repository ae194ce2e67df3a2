import EventSourcing
import Synchronization

/// The workloads of a synchronous store on a disk.
struct SynchronousWorkloads<Store: EventStore>: Sendable {
    let store: Store
    let orders: OrderEvents<Store.Columns>
    let plan: Plan
    let report: Report

    func run() throws {
        try saveStreamsToLoad()
        try checkRaces()
        try warmUp()
        if plan.includes(.singleSaves) { try measureSingleSaves() }
        if plan.includes(.savesBy16) { try measureSaves(.savesBy16, savers: 16, total: plan.savesBy16) }
        if plan.includes(.savesBy64) { try measureSaves(.savesBy64, savers: 64, total: plan.savesBy64) }
        if plan.includes(.largeSaves) { try measureLargeSaves() }
        if plan.includes(.longStream) { try measureLongStream() }
        if plan.includes(.shortStreams) { try measureShortStreams() }
        if plan.includes(.bulk) { try measureBulk() }
    }

    // MARK: Before the clock runs

    /// Saves what the loads will read.
    private func saveStreamsToLoad() throws {
        try store.save(orders.events(0..<plan.longStreamCount), for: plan.longStream, expectedVersion: 0)
        for number in 0..<plan.shortStreams {
            try store.save(orders.events(0..<plan.shortStreamCount), for: "small-\(number)", expectedVersion: 0)
        }
    }

    /// Many savers go for the same streams, and exactly one may win each.
    private func checkRaces() throws {
        let wins = Mutex(0)
        let racers = ThreadGroup(count: plan.racers) { _ in
            for number in 0..<plan.races {
                do {
                    try store.save([orders.event(number)], for: "race-\(number)", expectedVersion: 0)
                    wins.withLock { $0 += 1 }
                } catch is ConcurrencyError {}
            }
        }
        try racers.run()
        try report.check(wins: wins.withLock { $0 }, of: plan.races)
    }

    private func warmUp() throws {
        for number in 0..<plan.warmUpSaves {
            try store.save([orders.event(number)], for: "warm-\(number)", expectedVersion: 0)
            do {
                try store.save([orders.event(number)], for: "warm-\(number)", expectedVersion: 0)
                throw BenchmarkError("warm-\(number): the version check let a conflict through")
            } catch is ConcurrencyError {}
        }
    }

    // MARK: Saving

    private func measureSingleSaves() throws {
        let measurement = Measurement(.singleSaves, report: report)
        for number in 0..<plan.saves {
            try store.save([orders.event(number)], for: "W1-\(number)", expectedVersion: 0)
        }
        try measurement.finish(count: plan.saves, saves: plan.saves)
    }

    private func measureSaves(_ workload: Workload, savers: Int, total: Int) throws {
        let saves = max(1, total / savers)
        let threads = ThreadGroup(count: savers) { saver in
            for number in 0..<saves {
                try store.save(
                    [orders.event(number)], for: "\(workload.rawValue)-\(saver)-\(number)", expectedVersion: 0)
            }
        }
        let measurement = Measurement(workload, report: report)
        try threads.run()
        try measurement.finish(count: saves * savers, saves: saves * savers, savers: savers)
    }

    private func measureLargeSaves() throws {
        let measurement = Measurement(.largeSaves, report: report)
        for number in 0..<plan.largeSaves {
            try store.save(orders.events(0..<plan.eventsPerLargeSave), for: "W3-\(number)", expectedVersion: 0)
        }
        try measurement.finish(count: plan.largeSaves * plan.eventsPerLargeSave, saves: plan.largeSaves)
    }

    private func measureBulk() throws {
        let measurement = Measurement(.bulk, report: report)
        let streams = plan.bulkEvents / plan.bulkStreamCount
        let appends = try (0..<streams).map { stream in
            let first = stream * plan.bulkStreamCount
            return StreamAppend(try orders.events(first..<first + plan.bulkStreamCount), to: "W6c-\(stream)")
        }
        for result in try store.saveEach(appends) { _ = try result.get() }
        try measurement.finish(count: plan.bulkEvents, saves: 1)
    }

    // MARK: Loading

    private func measureLongStream() throws {
        let rates = try (0..<plan.longStreamLoads).map { _ in
            let start = ContinuousClock.now
            try store.load(plan.longStream).checkStream(plan.longStream, count: plan.longStreamCount)
            return Double(plan.longStreamCount) / start.duration(to: .now).seconds
        }
        report.figure(.longStream, perSecond: rates.dropFirst().median)
    }

    private func measureShortStreams() throws {
        var random = FastRandom()
        let start = ContinuousClock.now
        for _ in 0..<plan.shortStreamLoads {
            let name = "small-\(Int.random(in: 0..<plan.shortStreams, using: &random))"
            try store.load(name).checkStream(name, count: plan.shortStreamCount)
        }
        report.figure(.shortStreams, perSecond: Double(plan.shortStreamLoads) / start.duration(to: .now).seconds)
    }
}

extension Report {
    /// Refuses a store in which a race was won by more or fewer than one.
    func check(wins: Int, of races: Int) throws {
        guard wins == races else {
            throw BenchmarkError("\(system.rawValue): \(races) races for an empty stream were won by \(wins) savers")
        }
    }
}
