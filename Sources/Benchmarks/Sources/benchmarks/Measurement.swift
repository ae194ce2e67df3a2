import DiskFacts

/// A figure in the making: from its creation on the clock runs, and what is synced to disk is counted.
///
/// A pragma that is read back says what SQLite intends; the count says what it does.
struct Measurement {
    private let workload: Workload
    private let report: Report
    private let syncs = disk_sync_count()
    private let start = ContinuousClock.now

    init(_ workload: Workload, report: Report) {
        self.workload = workload
        self.report = report
    }

    /// Reports how often something was done per second.
    ///
    /// - Parameters:
    ///   - count: how often.
    ///   - saves: how many saves were answered.
    ///   - savers: how many of them can have shared a commit, because no more waited at the same time.
    /// - Throws: ``BenchmarkError`` when fewer commits were synced than so many saves need.
    func finish(count: Int, saves: Int, savers: Int = 1) throws {
        let elapsed = start.duration(to: .now)
        let synced = disk_sync_count() - syncs
        // A server syncs in processes of its own.
        let isCounted = syncs >= 0 && report.system.place == .folder
        guard !isCounted || synced * savers >= saves else {
            throw BenchmarkError(
                "\(workload.rawValue): \(saves) saves of \(savers) savers were answered after \(synced) syncs only; "
                    + "the figure does not count")
        }
        report.figure(workload, perSecond: Double(count) / elapsed.seconds)
        if isCounted { report.note("\(workload.rawValue): \(saves) saves, \(synced) syncs") }
    }
}
