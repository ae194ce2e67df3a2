import JSONText
import SQLMigrations
import SQLSchema

/// A plan in words.
struct PlanText {
    private let plan: MigrationPlan

    init(_ plan: MigrationPlan) {
        self.plan = plan
    }

    func show(_ messages: TargetMessages) {
        let statements = plan.statements
        for step in plan.steps {
            let way = step.migration.up.isTransactional ? "in one transaction" : "statement by statement"
            messages.say("\(step.migration.name), \(way)")
            for planned in statements where planned.migration.version == step.migration.version {
                let place = planned.statement.location
                messages.say("  \(place.file):\(place.line)  \(Self.firstLine(of: planned.statement.text))")
                if let lock = Self.words(planned) { messages.say("    \(lock)") }
                messages.object { Self.write(planned, to: &$0) }
            }
        }
        messages.say(
            plan.steps.isEmpty
                ? "nothing is pending" : "\(plan.steps.count) to apply, with \(statements.count) statements")
    }

    private static func firstLine(of sql: String) -> String {
        let lines = sql.split(separator: "\n")
        let first = lines.first.map { String($0.prefix(100)) } ?? ""
        return lines.count > 1 || first.count < (lines.first?.count ?? 0) ? first + " …" : first
    }

    /// The lock in words; nil in SQLite, where every statement has the same one.
    private static func words(_ planned: PlannedStatement) -> String? {
        guard let lock = planned.lock else { return nil }
        if lock.certainty == .unknown { return "locks whatever it touches when it runs: not known beforehand" }
        guard let mode = lock.lock else { return "locks no table that is there" }
        if planned.isOnNewTable { return "locks \(lock.relation?.description ?? "it"), which is made before" }
        let most = lock.certainty == .atMost ? " at most" : ""
        return "locks \(lock.relation?.description ?? "its table") in \(mode.rawValue)\(most): keeps waiting "
            + mode.keepsWaiting
    }

    private static func write(_ planned: PlannedStatement, to writer: inout JSONWriter) {
        writer.member("version", planned.migration.version)
        writer.member("name", planned.migration.name)
        writer.member("statement", planned.number)
        writer.member("file", planned.statement.location.file)
        writer.member("line", planned.statement.location.line)
        writer.member("sql", planned.statement.text)
        writer.member("transactional", planned.isTransactional)
        guard let lock = planned.lock else { return }
        writer.member("lock", lock.lock?.rawValue)
        writer.member("relation", lock.relation?.description)
        writer.member("certainty", lock.certainty.rawValue)
        writer.member("onNewTable", planned.isOnNewTable)
    }
}
