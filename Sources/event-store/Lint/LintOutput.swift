import ArgumentParser
import Foundation
import SQLMigrations
import SQLSchema

/// How findings are told.
struct LintOutput: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON, an object a finding.")
    var isJSON = false

    @Option(help: "Print the findings as annotations of a service.")
    var annotate: LintAnnotation?

    @Option(help: ArgumentHelp("Also write the findings in SARIF 2.1.0, for code scanning.", valueName: "file"))
    var sarif: String?

    func validate() throws {
        if isJSON, annotate != nil { throw ValidationError("--json and --annotate exclude each other.") }
    }

    /// Prints a report.
    ///
    /// - Throws: `CheckFailure` when something was found.
    func write(_ report: LintReport) throws {
        if let sarif {
            try Data(SARIFLog(findings: report.findings).text.utf8).write(
                to: URL(fileURLWithPath: sarif), options: .atomic)
        }
        for finding in report.findings {
            if isJSON {
                print(finding.json)
            } else if annotate == .github {
                print(finding.workflowCommand)
            } else {
                print(finding.text)
            }
        }
        guard report.findings.isEmpty else {
            let count = report.findings.count
            throw CheckFailure(
                description: "lint found \(count == 1 ? "something" : "\(count) things") in "
                    + "\(report.counts); a comment can allow it: -- lint:allow RULE because …")
        }
        if !isJSON, annotate == nil { print("nothing found in \(report.counts)") }
    }
}

/// A service that shows findings beside the lines they are about.
enum LintAnnotation: String, ExpressibleByArgument, CaseIterable {
    case github
}

extension LintReport {
    /// Adds what came of another dialect.
    mutating func add(_ other: LintReport) {
        findings += other.findings
        waived += other.waived
        migrations += other.migrations
        statements += other.statements
        unfilled.merge(other.unfilled) { $1 }
    }

    fileprivate var counts: String {
        let allowed = waived == 0 ? "" : ", \(waived) allowed"
        return "\(statements) \(statements == 1 ? "statement" : "statements") of \(migrations) "
            + "\(migrations == 1 ? "migration" : "migrations")\(allowed)"
    }
}
