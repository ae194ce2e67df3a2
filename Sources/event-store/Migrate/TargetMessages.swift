import Foundation
import JSONText

/// What a command says about one database: each line with the name of the database, when there are several.
struct TargetMessages: Sendable {
    let name: String?
    var isJSON = false

    private var prefix: String { name.map { "\($0): " } ?? "" }

    /// A line of the result for people.
    func say(_ line: @autoclosure () -> String) {
        if !isJSON { print(prefix + line()) }
    }

    /// A line of the result for programs.
    func object(_ members: (inout JSONWriter) -> Void) {
        guard isJSON else { return }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("database", name)
            members(&writer)
        }
        print(writer.text)
    }

    /// A remark that is not part of the result.
    func note(_ line: String) {
        StandardError.write(
            line.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 }.joined(separator: "\n"))
    }
}
