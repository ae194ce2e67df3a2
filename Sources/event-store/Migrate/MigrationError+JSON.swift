import JSONText
import SQLMigrations
import SQLSchema

extension MigrationError {
    /// Writes one problem as the members of an object.
    func write(to writer: inout JSONWriter) {
        writer.member("code", code.rawValue)
        writer.member("message", message)
        if let location {
            writer.member("file", location.file)
            writer.member("line", location.line)
            writer.member("column", location.column)
        }
    }
}
