import ArgumentParser
import EventSourcingSQLite
import Foundation
import SQLMigrations

extension Migrate {
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create the file of a new migration.",
            discussion: """
                Example:
                  event-store migrate new add_customers
                """)

        @Argument(help: "What the migration does; it becomes part of the file's name.")
        var name: String

        @Option(help: "The dialect that it is written in.")
        var dialect = DialectArgument.sqlite

        @OptionGroup var options: MigrationOptions

        func run() throws {
            let folder = options.folder(for: dialect.value)
            let template = try MigrationTemplate(name: name, date: Date(), after: highestVersion(in: folder))
            print(try template.write(into: folder))
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
