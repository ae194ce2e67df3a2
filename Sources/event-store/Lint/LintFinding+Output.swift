import JSONText
import SQLMigrations
import SQLSchema

extension LintFinding {
    /// What it is called in annotations and SARIF.
    var level: String { rule.isSevere ? "error" : "warning" }

    /// Everything about it in one sentence.
    var message: String { "\(fact); \(rule.reason); instead: \(rule.advice)" }

    /// As compilers print it, with why it matters and what to do instead.
    var text: String {
        """
        \(location): \(level): \(fact) [\(rule.rawValue)]
            \(sourceLine)
            because: \(rule.reason)
            instead: \(rule.advice)
        """.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            .joined(separator: "\n")
    }

    /// One object.
    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("rule", rule.rawValue)
            writer.member("level", level)
            writer.member("file", location.file)
            writer.member("line", location.line)
            writer.member("column", location.column)
            writer.member("table", table?.description)
            writer.member("fact", fact)
            writer.member("statement", sourceLine)
            writer.member("reason", rule.reason)
            writer.member("advice", rule.advice)
        }
        return writer.text
    }

    /// What GitHub Actions shows beside the line.
    var workflowCommand: String {
        let properties = [
            ("file", location.file), ("line", "\(location.line)"), ("col", "\(location.column)"),
            ("title", rule.rawValue),
        ].map { "\($0)=\(Self.escaped($1, isProperty: true))" }.joined(separator: ",")
        return "::\(level) \(properties)::\(Self.escaped(message, isProperty: false))"
    }

    /// See <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            case ":" where isProperty: escaped += "%3A"
            case "," where isProperty: escaped += "%2C"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
