import Foundation
import JSONText
import SQLMigrations
import SQLSchema

/// Findings as other tools read them: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
struct SARIFLog {
    let findings: [LintFinding]

    var text: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            writer.member("version", "2.1.0")
            writer.key("runs")
            writer.array { writer in
                writer.object { writer in run(to: &writer) }
            }
        }
        return writer.text + "\n"
    }

    private func run(to writer: inout JSONWriter) {
        writer.key("tool")
        writer.object { writer in
            writer.key("driver")
            writer.object { writer in
                writer.member("name", "event-store migrate lint")
                writer.member("version", ToolVersion.current)
                writer.key("rules")
                writer.array { writer in
                    for rule in LintRule.allCases { describe(rule, to: &writer) }
                }
            }
        }
        // Columns are counted in characters, not in the units of UTF-16.
        writer.member("columnKind", "unicodeCodePoints")
        writer.key("results")
        writer.array { writer in
            for finding in findings { describe(finding, to: &writer) }
        }
    }

    private func describe(_ rule: LintRule, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", rule.rawValue)
            writer.key("shortDescription")
            writer.object { $0.member("text", rule.reason) }
            writer.key("help")
            writer.object { $0.member("text", rule.advice) }
            writer.key("defaultConfiguration")
            writer.object { $0.member("level", rule.isSevere ? "error" : "warning") }
        }
    }

    private func describe(_ finding: LintFinding, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("ruleId", finding.rule.rawValue)
            writer.member("ruleIndex", LintRule.allCases.firstIndex(of: finding.rule) ?? 0)
            writer.member("level", finding.level)
            writer.key("message")
            writer.object { $0.member("text", finding.message) }
            writer.key("locations")
            writer.array { writer in
                writer.object { writer in
                    writer.key("physicalLocation")
                    writer.object { writer in place(of: finding, to: &writer) }
                }
            }
        }
    }

    private func place(of finding: LintFinding, to writer: inout JSONWriter) {
        writer.key("artifactLocation")
        writer.object { $0.member("uri", Self.reference(to: finding.location.file)) }
        writer.key("region")
        writer.object { writer in
            writer.member("startLine", finding.location.line)
            writer.member("startColumn", finding.location.column)
        }
    }

    /// A path as a reference of a URI, relative where the path is.
    private static func reference(to path: String) -> String {
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: ":"))
        let encoded = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
        return path.hasPrefix("/") ? "file://\(encoded)" : encoded
    }
}
