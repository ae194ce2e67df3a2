import ArgumentParser
import EventSourcingSQLite
import JSONText
import SQLMigrations

extension Migrate {
    struct Repair: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "repair",
            abstract: "Settle in the history what only a person can decide.",
            discussion: """
                --accept takes the present text of an edited file for the one that was applied. --version with --done \
                says how many statements of a transaction:false file have run, when that cannot be known.

                Example:
                  event-store migrate repair --accept 20261123080000 --database sqlite:orders.db
                  event-store migrate repair --version 20261123080000 --done 2 --database sqlite:orders.db
                """)

        @OptionGroup var options: TargetOptions

        @Option(help: ArgumentHelp("Keep the checksum of this version's file as it is now.", valueName: "version"))
        var accept: Int64?

        @Option(help: "The version that --done is about.")
        var version: Int64?

        @Option(help: ArgumentHelp("How many statements of --version have run.", valueName: "count"))
        var done: Int?

        func run() throws {
            guard (accept != nil) != (version != nil), (version != nil) == (done != nil) else {
                throw UsageError("give either --accept VERSION, or --version VERSION with --done COUNT")
            }
            try options.annotating {
                let run = try TargetRun(options)
                guard run.targets.count == 1 else {
                    throw UsageError("repair settles one database and one schema at a time")
                }
                let (accept, version, done) = (accept, version, done)
                try run.forEach(absentFile: .isAnError) { session in
                    let migrator = session.migrator()
                    if let accept {
                        let before = try Self.checksum(of: accept, in: migrator)
                        try migrator.accept(version: accept)
                        let after = try Self.checksum(of: accept, in: migrator)
                        session.messages.say("version \(accept): checksum \(before) is now \(after)")
                        session.messages.object { writer in
                            writer.member("version", accept)
                            writer.member("checksumBefore", before)
                            writer.member("checksum", after)
                        }
                    }
                    if let version, let done {
                        let before = try Self.statementsDone(of: version, in: migrator)
                        try migrator.settle(version: version, statementsDone: done)
                        session.messages.say(
                            "version \(version): \(done) statements have run, where the history said \(before); go on with: "
                                + "event-store migrate up")
                        session.messages.object { writer in
                            writer.member("version", version)
                            writer.member("statementsDoneBefore", before)
                            writer.member("statementsDone", done)
                        }
                    }
                }
            }
        }

        private static func statementsDone(of version: Int64, in migrator: Migrator) throws -> Int {
            try migrator.status().first { $0.version == version }?.record?.statementsDone ?? 0
        }

        private static func checksum(of version: Int64, in migrator: Migrator) throws -> String {
            try migrator.status().first { $0.version == version }?.record?.checksum.description ?? "of nothing"
        }
    }
}
