import EventSourcingSQLite
import SQLMigrations

/// A call of a store and how it ended, in a form that another process can read.
package struct Attempt: Hashable, Sendable {
    /// What was tried: `initialize`, `save`, `load`.
    package let call: String
    /// The kind of error with its code, as in `DatabaseError.readOnly`; nil when there was none.
    package let error: String?
    /// The text of the error, or what the call answered.
    package let text: String

    /// Makes a call and takes note of how it ends.
    package init(_ call: String, _ body: () async throws -> some Sendable) async {
        do {
            self.init(call: call, error: nil, text: "\(try await body())")
        } catch {
            self.init(call: call, error: Self.kind(of: error), text: "\(error)")
        }
    }

    private init(call: String, error: String?, text: String) {
        self.call = call
        self.error = error
        self.text = text
    }

    /// The type of an error, and its code where it has one.
    package static func kind(of error: any Error) -> String {
        switch error {
        case let error as DatabaseError: "DatabaseError.\(error.code.rawValue)"
        case let error as MigrationError: "MigrationError.\(error.code.rawValue)"
        case let error as StoreError: "StoreError.\(error.code.rawValue)"
        default: "\(type(of: error))"
        }
    }
}

extension Attempt: CustomStringConvertible {
    /// One line.
    package var description: String {
        "\(call)\t\(error ?? "-")\t\(text.replacing("\n", with: "\u{2028}"))"
    }

    /// Reads a line that an attempt was printed as; nil when it is none.
    package init?(line: Substring) {
        let parts = line.split(separator: "\t", maxSplits: 2).map(String.init)
        guard parts.count == 3 else { return nil }
        self.init(
            call: parts[0], error: parts[1] == "-" ? nil : parts[1], text: parts[2].replacing("\u{2028}", with: "\n"))
    }
}
