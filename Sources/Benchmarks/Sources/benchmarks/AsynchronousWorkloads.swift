import EventSourcing

/// The workloads of an asynchronous store on a disk: those of ``SynchronousWorkloads``, call by call.
struct AsynchronousWorkloads<Store: AsyncEventStore>: Sendable {
    let store: Store
    let orders: OrderEvents<Store.Columns>
    let plan: Plan
    let report: Report

    func run() async throws {
        try await saveStreamsToLoad()
        try await checkRaces()
        try await warmUp()
        if plan.includes(.singleSaves) { try await measureSingleSaves() }
        if plan.includes(.savesBy16) { try await measureSaves(.savesBy16, savers: 16, total: plan.savesBy16) }
        if plan.includes(.savesBy64) { try await measureSaves(.savesBy64, savers: 64, total: plan.savesBy64) }
        if plan.includes(.largeSaves) { try await measureLargeSaves() }
        if plan.includes(.longStream) { try await measureLongStream() }
        if plan.includes(.shortStreams) { try await measureShortStreams() }
        if plan.includes(.bulk) { try await measureBulk() }
    }

    // MARK: Before the clock runs

    private func saveStreamsToLoad() async throws {
        try await store.save(orders.events(0..<plan.longStreamCount), for: plan.longStream, expectedVersion: 0)
        for number in 0..<plan.shortStreams {
            try await store.save(orders.events(0..<plan.shortStreamCount), for: "small-\(number)", expectedVersion: 0)
        }
    }

    private func checkRaces() async throws {
        let wins = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<plan.racers {
                group.addTask {
                    var wins = 0
                    for number in 0..<plan.races {
                        do {
                            try await store.save([orders.event(number)], for: "race-\(number)", expectedVersion: 0)
                            wins += 1
                        } catch is ConcurrencyError {}
                    }
                    return wins
                }
            }
            return try await group.reduce(0, +)
        }
        try report.check(wins: wins, of: plan.races)
    }

    private func warmUp() async throws {
        for number in 0..<plan.warmUpSaves {
            try await store.save([orders.event(number)], for: "warm-\(number)", expectedVersion: 0)
            do {
                try await store.save([orders.event(number)], for: "warm-\(number)", expectedVersion: 0)
                throw BenchmarkError("warm-\(number): the version check let a conflict through")
            } catch is ConcurrencyError {}
        }
    }

    // MARK: Saving

    private func measureSingleSaves() async throws {
        let measurement = Measurement(.singleSaves, report: report)
        for number in 0..<plan.saves {
            try await store.save([orders.event(number)], for: "W1-\(number)", expectedVersion: 0)
        }
        try measurement.finish(count: plan.saves, saves: plan.saves)
    }

    private func measureSaves(_ workload: Workload, savers: Int, total: Int) async throws {
        let saves = max(1, total / savers)
        let measurement = Measurement(workload, report: report)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for saver in 0..<savers {
                group.addTask {
                    for number in 0..<saves {
                        try await store.save(
                            [orders.event(number)], for: "\(workload.rawValue)-\(saver)-\(number)", expectedVersion: 0)
                    }
                }
            }
            try await group.waitForAll()
        }
        try measurement.finish(count: saves * savers, saves: saves * savers, savers: savers)
    }

    private func measureLargeSaves() async throws {
        let measurement = Measurement(.largeSaves, report: report)
        for number in 0..<plan.largeSaves {
            try await store.save(orders.events(0..<plan.eventsPerLargeSave), for: "W3-\(number)", expectedVersion: 0)
        }
        try measurement.finish(count: plan.largeSaves * plan.eventsPerLargeSave, saves: plan.largeSaves)
    }

    private func measureBulk() async throws {
        let measurement = Measurement(.bulk, report: report)
        let streams = plan.bulkEvents / plan.bulkStreamCount
        let appends = try (0..<streams).map { stream in
            let first = stream * plan.bulkStreamCount
            return StreamAppend(try orders.events(first..<first + plan.bulkStreamCount), to: "W6c-\(stream)")
        }
        for result in try await store.saveEach(appends) { _ = try result.get() }
        try measurement.finish(count: plan.bulkEvents, saves: 1)
    }

    // MARK: Loading

    private func measureLongStream() async throws {
        var rates: [Double] = []
        for _ in 0..<plan.longStreamLoads {
            let start = ContinuousClock.now
            try await store.load(plan.longStream).checkStream(plan.longStream, count: plan.longStreamCount)
            rates.append(Double(plan.longStreamCount) / start.duration(to: .now).seconds)
        }
        report.figure(.longStream, perSecond: rates.dropFirst().median)
    }

    private func measureShortStreams() async throws {
        var random = FastRandom()
        let start = ContinuousClock.now
        for _ in 0..<plan.shortStreamLoads {
            let name = "small-\(Int.random(in: 0..<plan.shortStreams, using: &random))"
            try await store.load(name).checkStream(name, count: plan.shortStreamCount)
        }
        report.figure(.shortStreams, perSecond: Double(plan.shortStreamLoads) / start.duration(to: .now).seconds)
    }
}
