import ArgumentParser
import Foundation
import SQLMigrations
import SQLSchema

/// How findings are told.
struct LintOutput: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON, an object a finding.")
    var isJSON = false

    @Option(help: "Also say what is found, or wrong, as annotations of a pull request.")
    var annotate: AnnotationStyle?

    @Option(help: ArgumentHelp("Also write the findings in SARIF 2.1.0, for code scanning.", valueName: "file"))
    var sarif: String?

    /// Runs a command, and annotates the error that ends it; findings have theirs already.
    func annotating(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            if annotate == .github, !(error is CheckFailure) {
                for annotation in GitHubAnnotation.all(for: error) { StandardError.write(annotation.text) }
            }
            throw error
        }
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
            print(isJSON ? finding.json : finding.text)
            if annotate == .github { StandardError.write(finding.annotation.text) }
        }
        guard report.findings.isEmpty else {
            let count = report.findings.count
            throw CheckFailure(
                description: "lint found \(count == 1 ? "something" : "\(count) things") in "
                    + "\(report.counts); a comment can allow it: -- lint:allow RULE because …")
        }
        if !isJSON { print("nothing found in \(report.counts)") }
    }
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
