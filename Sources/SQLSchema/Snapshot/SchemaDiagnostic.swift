/// What is wrong at one place of a snapshot or an override file, written as compilers write it.
public struct SchemaDiagnostic: Hashable, Sendable, CustomStringConvertible {
    /// Where.
    public var location: FileLocation
    /// What is wrong, and how to put it right.
    public var message: String

    /// Creates a diagnostic.
    public init(_ message: String, at location: FileLocation) {
        self.location = location
        self.message = message
    }

    /// `file:line:column: error: message`, which editors turn into a link.
    public var description: String { "\(location): error: \(message)" }
}

/// Everything that is wrong with a snapshot or an override file.
public struct InvalidSchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in the order of the places; never empty.
    public let diagnostics: [SchemaDiagnostic]

    /// Sorts the diagnostics by their places.
    public init(_ diagnostics: [SchemaDiagnostic]) {
        self.diagnostics = diagnostics.sorted {
            ($0.location.file, $0.location.line, $0.location.column, $0.message)
                < ($1.location.file, $1.location.line, $1.location.column, $1.message)
        }
    }

    /// One diagnostic a line.
    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}
