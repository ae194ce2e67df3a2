import ArgumentParser
import EventSourcingSQLite
import SQLMigrations

extension Migrate {
    struct Down: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "down",
            abstract: "Undo the migrations that were applied last.",
            discussion: """
                The order is that of application, backwards. Undoing a migration that creates a table drops its rows.

                Example:
                  event-store migrate down --steps 1 --database sqlite:orders.db
                """)

        @OptionGroup var options: TargetOptions

        @Option(help: "How many to undo.")
        var steps: Int?

        @Option(
            help: ArgumentHelp("Undo all that were applied after this version; 0 undoes all.", valueName: "version"))
        var to: Int64?

        func validate() throws {
            if steps != nil, to != nil { throw ValidationError("--steps and --to exclude each other.") }
            if let steps, steps < 1 { throw ValidationError("--steps is 1 or more.") }
        }

        func run() throws {
            try options.annotating {
                let extent = to.map(MigrationUndoPlan.Extent.after) ?? .steps(steps ?? 1)
                try TargetRun(options, isInterruptible: true).forEach(absentFile: .isAnError) { session in
                    try session.migrator().down(extent)
                }
            }
        }
    }
}
