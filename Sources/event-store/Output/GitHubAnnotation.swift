import SQLMigrations
import SQLSchema

/// A problem as GitHub shows it beside the lines of a pull request.
///
/// See <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
struct GitHubAnnotation: Equatable {
    let message: String
    let location: FileLocation?
    /// `error` or `warning`.
    var level = "error"
    /// What stands above the message; nil for what GitHub writes there by itself.
    var title: String?

    /// The command that a workflow prints: `::error file=a.sql,line=3,col=5::what is wrong`.
    var text: String {
        guard let location else { return "::\(level)::\(Self.escaped(message))" }
        let file = Self.escaped(location.file).replacing(":", with: "%3A").replacing(",", with: "%2C")
        let place = "file=\(file),line=\(location.line),col=\(location.column)"
        return "::\(level) \(place)\(title.map { ",title=\($0)" } ?? "")::\(Self.escaped(message))"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    /// The annotations for an error that ended a command.
    static func all(for error: any Error) -> [GitHubAnnotation] {
        switch error {
        case let error as MigrationError:
            error.problems.map { GitHubAnnotation(message: $0.message, location: $0.location) }
        case let error as FindingsError:
            all(for: error.problems)
        case let error as InvalidSchemaError:
            error.diagnostics.map { GitHubAnnotation(message: $0.message, location: $0.location) }
        case let error as TargetsFailed:
            error.failures.flatMap { failure in
                all(for: failure.error).map {
                    GitHubAnnotation(message: "\(failure.name): \($0.message)", location: $0.location)
                }
            }
        default:
            [GitHubAnnotation(message: ErrorText.withoutPasswords("\(error)"), location: nil)]
        }
    }
}
