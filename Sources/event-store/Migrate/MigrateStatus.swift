import ArgumentParser
import EventSourcingSQLite
import Foundation
import JSONText
import SQLMigrations

extension Migrate {
    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "List the migrations and what has become of them.",
            discussion: """
                Exits with 1 when a migration is pending, or an applied file is edited or gone.

                Example:
                  event-store migrate status --database sqlite:orders.db
                """)

        @OptionGroup var options: TargetOptions

        func run() throws {
            try options.annotating {
                try TargetRun(options).forEach(absentFile: .isAnError) { session in
                    let rows = try session.migrator().status()
                    for row in rows {
                        session.messages.say(Self.line(row))
                        session.messages.object { Self.write(row, to: &$0) }
                    }
                    let unsettled = rows.filter { $0.state != .applied }
                    if let first = unsettled.first {
                        throw CheckFailure(
                            description: "\(unsettled.count) of \(rows.count) migrations need attention, "
                                + "first \(first.name): \(first.state.rawValue)")
                    }
                }
            }
        }

        private static func line(_ row: MigrationStatus) -> String {
            let state = row.state.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
            guard let record = row.record else { return "\(state)  \(row.name)" }
            let time = Instant(microsecondsSince1970: record.startedAt)
            return "\(state)  \(row.name)  \(time)  \(MigrationReport.milliseconds(record.duration))"
        }

        private static func write(_ row: MigrationStatus, to writer: inout JSONWriter) {
            writer.member("version", row.version)
            writer.member("name", row.name)
            writer.member("state", row.state.rawValue)
            guard let record = row.record else { return }
            writer.member("checksum", record.checksum.description)
            writer.member("sequence", record.sequence)
            writer.member("startedAt", Instant(microsecondsSince1970: record.startedAt).description)
            if let duration = record.duration { writer.member("microseconds", duration) }
            writer.member("appliedBy", record.appliedBy)
            writer.member("tool", record.tool)
        }
    }
}
