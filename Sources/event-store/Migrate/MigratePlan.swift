import ArgumentParser
import EventSourcingSQLite
import JSONText
import SQLMigrations

extension Migrate {
    struct Plan: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "plan",
            abstract: "Say what would be applied, statement by statement, and what each one locks.",
            discussion: """
                Only reads the history, and runs nothing: the locks are those that PostgreSQL's documentation gives for a \
                statement of its kind. Of a function, a block of code or a query it cannot be known without running it.

                Example:
                  event-store migrate plan --database postgresql:///shop
                """)

        @OptionGroup var options: TargetOptions

        @Option(help: ArgumentHelp("Stop after this version.", valueName: "version"))
        var to: Int64?

        @Option(
            name: .customLong("allow-out-of-order"),
            help: ArgumentHelp("Apply this version although a higher one is applied.", valueName: "version"))
        var outOfOrder: [Int64] = []

        func run() throws {
            try options.annotating {
                let run = try TargetRun(options)
                for target in run.targets { try target.check(versions: outOfOrder + (to.map { [$0] } ?? [])) }
                let (to, outOfOrder) = (to, Set(outOfOrder))
                try run.forEach(absentFile: .isAnError) { session in
                    let plan = try session.migrator().plan(upTo: to, allowingOutOfOrder: outOfOrder)
                    if let error = MigrationError(plan.problemsWithNewer) { throw error }
                    PlanText(plan).show(session.messages)
                }
            }
        }
    }
}
