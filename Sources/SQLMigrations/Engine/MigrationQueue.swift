/// What is left to apply in one run, as the history said when it was read last.
///
/// With it a run reads the history once and not before each of a thousand files.
final class MigrationQueue {
    let target: Int64?
    let outOfOrder: Set<Int64>
    /// The migration that is being worked on, or was when something failed.
    var current: MigrationPlan.Step?
    private(set) var lastSequence: Int64 = 0
    private(set) var knowsHistory = false
    private var steps: ArraySlice<MigrationPlan.Step> = []
    private var user: String?

    init(upTo target: Int64?, allowingOutOfOrder outOfOrder: Set<Int64>) {
        self.target = target
        self.outOfOrder = outOfOrder
    }

    var next: MigrationPlan.Step? { steps.first }

    /// The user who is connected, who stays the same.
    func user(of database: any MigrationDatabase) throws -> String {
        if let user { return user }
        let user = try database.currentUser()
        self.user = user
        return user
    }

    func learn(_ plan: MigrationPlan, _ records: [MigrationRecord]) {
        steps = plan.steps[...]
        lastSequence = records.map(\.sequence).max() ?? 0
        knowsHistory = true
    }

    /// What was read in a transaction that was rolled back says nothing.
    func forgetHistory() {
        knowsHistory = false
    }

    /// Goes on after a migration that was applied, and returns whether there are more.
    func advance(past record: MigrationRecord) -> Bool {
        steps = steps.dropFirst()
        lastSequence = max(lastSequence, record.sequence)
        return !steps.isEmpty
    }
}
