import ArgumentParser
import Foundation
import JSONText
import SQLMigrations
import SQLSchema

extension Migrate {
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Create the file of a new migration.",
            discussion: """
                Without --dialect, there is one for each dialect that has a folder of migrations, and with the same \
                version; for SQLite when there is no folder yet.

                Example:
                  event-store migrate new add_customers
                """)

        @Argument(help: "What the migration does; it becomes part of the file's name.")
        var name: String

        @Option(help: "The dialect that it is written in.")
        var dialect: DialectArgument?

        @OptionGroup var options: MigrationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let known = options.dialects.isEmpty ? [.sqlite] : options.dialects
            let folders = (dialect.map { [$0.value] } ?? known).map(options.folder)
            let highest = folders.map(highestVersion).max() ?? 0
            let template = try MigrationTemplate(name: name, date: Date(), after: highest)
            for folder in folders {
                let path = try template.write(into: folder)
                let messages = TargetMessages(name: nil, isJSON: output.isJSON)
                messages.say(path)
                messages.object { $0.member("file", path) }
            }
        }

        /// By the names alone: a file that is still being written is no reason not to begin another.
        private func highestVersion(in folder: String) -> Int64 {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.compactMap { Int64($0.prefix { $0.isASCII && $0.isNumber }) }.max() ?? 0
        }
    }
}

/// A dialect as the command line writes it.
enum DialectArgument: String, ExpressibleByArgument, CaseIterable {
    case postgres, sqlite

    var value: Dialect { self == .sqlite ? .sqlite : .postgres }
}
