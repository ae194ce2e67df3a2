import ArgumentParser
import EventSourcingSQLite
import Foundation
import JSONText
import SQLMigrations

extension Migrate {
    struct Up: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "up",
            abstract: "Apply what is pending.",
            discussion: """
                Each file runs in a transaction with its row of the history. Several processes may do it at once.

                On PostgreSQL a statement that does not get the lock of a table at once lets others go first, and its \
                file is tried again, for --lock-patience seconds.

                Ctrl-C stops before the next statement, or ends the process where it is when that takes longer than \
                two seconds; a transaction is undone either way.

                Example:
                  event-store migrate up --database sqlite:orders.db
                  event-store migrate up --database postgresql:///shop --each-schema 'tenant_%' --jobs 8
                """)

        @OptionGroup var options: TargetOptions

        @Option(help: ArgumentHelp("Stop after this version.", valueName: "version"))
        var to: Int64?

        @Option(
            name: .customLong("allow-out-of-order"),
            help: ArgumentHelp("Apply this version although a higher one is applied.", valueName: "version"))
        var outOfOrder: [Int64] = []

        @Flag(help: "Run it all in one transaction, and roll it back.")
        var dryRun = false

        func run() throws {
            try options.annotating {
                let run = try TargetRun(options, isInterruptible: true, checksLate: to == nil && !dryRun)
                for target in run.targets { try target.check(versions: outOfOrder + (to.map { [$0] } ?? [])) }
                let (to, outOfOrder) = (to, Set(outOfOrder))
                if dryRun {
                    try run.forEach(absentFile: .isEmpty) { session in
                        let tried = try session.migrator().tryUp(to: to, allowingOutOfOrder: outOfOrder)
                        session.messages.say("\(tried.count) would be applied; everything was rolled back")
                        session.messages.object { $0.member("wouldApply", tried.count) }
                    }
                } else {
                    try run.forEach(absentFile: .isCreated) { session in
                        var count = 0
                        let migrator = session.migrator { event in if case .applied = event { count += 1 } }
                        try migrator.up(to: to, allowingOutOfOrder: outOfOrder)
                        session.messages.say(count == 0 ? "nothing is pending" : "\(count) applied")
                        session.messages.object { $0.member("applied", count) }
                    }
                }
                if run.targets.count > 1, !options.output.isJSON { print("\(run.targets.count) databases are done") }
            }
        }
    }
}
