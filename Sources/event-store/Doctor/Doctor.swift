import ArgumentParser
import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema

/// Looks at everything that has to be right, and says what to do where it is not.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check what is installed, the database, its migrations and its schema.",
        discussion: """
            One line a check: ok, warning or problem, and what to do about it. Nothing is changed. Without a database \
            only the rest is checked. Exits with 1 when there is a warning or a problem, and with 3 when the database \
            cannot be reached.

            Example:
              event-store doctor --database sqlite:orders.db
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var options: MigrationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The folder of the snapshot.", valueName: "folder"))
    var schema = "schema"

    func run() throws {
        let examination = try database.urlIfGiven()?.examination()
        var report = DoctorReport(isJSON: output.isJSON)
        report.add(.ok(.eventStore, ToolVersion.current, facts: [.text("version", ToolVersion.current)]))
        report.add(DatabaseURL.installedLibraries())
        let snapshot = readSnapshot(to: &report)
        if let examination {
            try examine(examination, snapshot, to: &report)
        } else {
            report.add(.ok(.database, "not checked: none is given with --database or DATABASE_URL"))
            checkMigrationFiles(to: &report)
        }
        try report.finish()
    }

    private func readSnapshot(to report: inout DoctorReport) -> ProjectSnapshot? {
        do {
            guard let snapshot = try ProjectSnapshot(folder: schema) else {
                report.add(.ok(.schemaSnapshot, "there is no \(schema)/schema.json"))
                return nil
            }
            report.add(snapshot.freshness(folder: schema, options: options))
            return snapshot
        } catch {
            report.add(.problem(.schemaSnapshot, "\(error)", advice: "write it anew with: event-store schema dump"))
            return nil
        }
    }

    private func checkMigrationFiles(to report: inout DoctorReport) {
        for dialect in Dialect.allCases where FileManager.default.fileExists(atPath: options.folder(for: dialect)) {
            guard let files = migrations(to: &report, { try options.load(dialect) }) else { continue }
            report.add(.ok(.migrations, "\(files.count) files in \(options.folder(for: dialect)) are well formed"))
        }
    }

    private func examine(
        _ examination: any DatabaseExamination, _ snapshot: ProjectSnapshot?, to report: inout DoctorReport
    ) throws {
        let known = migrations(to: &report) {
            try KnownMigrations(for: examination.dialect, options: options, snapshot: snapshot)
        }
        report.add(examination.surroundings())
        let database: any ExaminedDatabase
        do {
            database = try examination.connect()
        } catch {
            report.add(.problem(.database, ErrorText.withoutPasswords("\(error)"), advice: nil))
            throw error
        }
        report.add(.ok(.database, "\(database.name) can be opened"))
        for finding in database.condition() { report.add(finding) }
        do {
            let history = try database.migrations.historyExists() ? database.migrations.readHistory() : []
            if let known { report.add(known.findings(history: history)) }
            let schema = try SchemaExamination(database, dialect: examination.dialect, history: history)
            report.add(schema.appendOnly())
            if let known { report.add(schema.drift(from: snapshot, known: known)) }
        } catch {
            report.add(.problem(.migrations, ErrorText.withoutPasswords("\(error)"), advice: nil))
        }
    }

    /// What is read, or nil when there are problems, which are reported.
    private func migrations<Files>(to report: inout DoctorReport, _ read: () throws -> Files) -> Files? {
        do {
            return try read()
        } catch let error as MigrationError {
            report.add(error.problems.map { Finding(problem: $0) })
        } catch {
            report.add(.problem(.migrations, "\(error)", advice: nil))
        }
        return nil
    }
}

/// Prints findings as they come, and counts those that are not well.
struct DoctorReport {
    let isJSON: Bool
    private var warnings = 0
    private var problems = 0

    init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    mutating func add(_ findings: [Finding]) {
        for finding in findings { add(finding) }
    }

    mutating func add(_ finding: Finding) {
        print(isJSON ? finding.json : finding.line)
        switch finding.status {
        case .ok: break
        case .warning: warnings += 1
        case .problem: problems += 1
        }
    }

    /// - Throws: `CheckFailure` unless all was well.
    func finish() throws {
        guard warnings + problems > 0 else { return }
        let counts = [(problems, "problem"), (warnings, "warning")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        throw CheckFailure(description: "the doctor found \(counts.joined(separator: " and "))")
    }
}
