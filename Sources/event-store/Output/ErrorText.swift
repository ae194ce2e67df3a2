import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema

/// What a person reads on standard error about an error that ended a command.
enum ErrorText {
    static func text(of error: any Error) -> String {
        switch error {
        // These say "error:" themselves, behind the place as compilers do.
        case is MigrationError, is InvalidSchemaError, is FindingsError: withoutPasswords("\(error)")
        // Somebody wanted it so.
        case is Interrupted: "\(error)"
        case let error as CocoaError: withoutPasswords("error: \(description(of: error))")
        default: withoutPasswords("error: \(error)")
        }
    }

    /// The path and the system's own words: Foundation's description is a dump of its internals.
    private static func description(of error: CocoaError) -> String {
        let reason =
            error.underlying.map { ($0 as NSError) }
            .map { $0.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32($0.code))) : "\($0)" }
        let text = reason ?? error.localizedDescription
        return error.filePath.map { "\($0): \(text)" } ?? text
    }

    /// Takes user and password out of the URLs in a text: a URL in the wrong place of a command line is repeated in
    /// the message about it.
    static func withoutPasswords(_ text: String) -> String {
        text.replacing(/:\/\/[^\s'"]*@/, with: "://…@").replacing(/(?i)(password\s*=\s*)[^\s&'"]+/) { "\($0.1)…" }
    }
}
