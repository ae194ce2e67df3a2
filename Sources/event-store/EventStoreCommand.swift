import ArgumentParser
import EventSourcingSQLite
import Foundation
import SQLMigrations

#if Postgres
    import DeferredLibpq
#endif

/// The command line: one command per job, exit codes that scripts can rely on.
@main
struct EventStoreCommand: ParsableCommand {
    // Every command says its name: the parser would find it out by reflection, which takes a sixth of a short command's time.
    static let configuration = CommandConfiguration(
        commandName: "event-store",
        abstract: "Persist and replay events; migrate and describe the schema they live in.",
        discussion: """
            Every command that reads or writes a database takes --database, or DATABASE_URL from the environment:
            sqlite:PATH, sqlite::memory:, postgresql://… or, in Google Cloud SQL,
            cloudsql://PROJECT:REGION:INSTANCE/DATABASE?user=USER.

            Exit codes: 0 done, 1 a check found something, 2 usage, configuration or input, 3 database unreachable or \
            refused, 4 concurrency conflict, 5 a migration failed; 130 or 143 stopped by SIGINT (Ctrl-C) or SIGTERM.
            """,
        version: ToolVersion.current,
        subcommands: [
            Initialize.self, Demo.self, Doctor.self, Migrate.self, SchemaCommand.self, Generate.self, Import.self,
            Export.self,
            Append.self, Load.self, Streams.self, Trace.self, SnapshotCommand.self, Tail.self,
        ] + googleCloudCommands)

    /// The package trait may be off.
    private static var googleCloudCommands: [any ParsableCommand.Type] {
        #if GoogleCloud
            [BigQueryCommand.self]
        #else
            []
        #endif
    }

    static func main() {
        // A reader that goes away is an error of the next write, and each command decides what it means.
        signal(SIGPIPE, SIG_IGN)
        SQLiteLibrary.stopCountingMemory()
        beginLoadingLibraries()
        do {
            var command = try parseAsRoot()
            try command.run()
            // What `print` could not write is noticed here.
            if fflush(nil) != 0 { throw StandardOutput.error(SystemError(code: errno)) }
        } catch is ReaderGone {
            Foundation.exit(ExitStatus.readerGone.rawValue)
        } catch {
            exit(with: error)
        }
    }

    /// Loads libpq while the arguments are read, when they or the environment name a database that needs it.
    private static func beginLoadingLibraries() {
        #if Postgres
            let texts = CommandLine.arguments + [ProcessInfo.processInfo.environment["DATABASE_URL"] ?? ""]
            if texts.contains(where: { $0.contains("postgres") || $0.contains("cloudsql:") }) { prepareLibpq() }
        #endif
    }

    /// Ends the process as section "Exit codes" of the help promises; the parser's own code for usage is 64.
    private static func exit(with error: any Error) -> Never {
        let code = exitCode(for: error)
        let isFromParser = code == .success || code == .validationFailure || error is CleanExit
        guard isFromParser else {
            StandardError.write(ErrorText.text(of: error))
            Foundation.exit(ExitStatus(error).rawValue)
        }
        if code == .success { self.exit(withError: error) }
        StandardError.write(ErrorText.withoutPasswords(fullMessage(for: error)))
        Foundation.exit(ExitStatus.usage.rawValue)
    }
}

extension ToolVersion {
    /// The command line, as the history of migrations names it.
    static let commandLine = "event-store \(current)"
}
