/// Which workloads to run, and how large each of them is.
struct Plan: Sendable {
    /// The number of single saves, from which the other sizes follow.
    let saves: Int
    private let workloads: Set<Workload>

    init(saves: Int, workloads: [Workload]) {
        self.saves = saves
        self.workloads = Set(workloads)
    }

    func includes(_ workload: Workload) -> Bool {
        workloads.contains(workload)
    }

    var savesBy16: Int { saves * 6 }
    var savesBy64: Int { saves * 10 }
    var largeSaves: Int { max(1, saves / 5) }
    let eventsPerLargeSave = 100

    let longStream = "big"
    let longStreamCount = 10_000
    /// The first load is not counted; the figure is the median of the others.
    let longStreamLoads = 9

    let shortStreams = 1000
    let shortStreamCount = 10
    let shortStreamLoads = 1000

    let bulkEvents = 200_000
    let bulkStreamCount = 100

    let warmUpSaves = 50
    let racers = 16
    let races = 50
}
