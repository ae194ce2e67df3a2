import ArgumentParser
import EventSourcingSQLite
import SQLMigrations

extension Migrate {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Fail unless the database has every migration as its file is now.",
            discussion: """
                Changes nothing. Exits with 1 when a migration is pending, edited, missing, out of order or half done, \
                and names the file of each.

                Example:
                  event-store migrate verify --database postgresql:///shop --annotate github
                """)

        @OptionGroup var options: TargetOptions

        func run() throws {
            try options.annotating {
                try TargetRun(options).forEach(absentFile: .isAnError) { session in
                    let findings = try session.migrator().findings()
                    for finding in findings { session.messages.object { finding.write(to: &$0) } }
                    if let error = FindingsError(findings) { throw error }
                    let count = try session.target.files.migrations().count
                    session.messages.say("\(count) applied, nothing is pending")
                }
            }
        }
    }
}
