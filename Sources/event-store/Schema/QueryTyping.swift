import SQLMigrations
import SQLSchema

/// Lets the databases type the named queries, one database after the other.
struct QueryTyping {
    private let files: [QueryFile]
    private let dialects: [Dialect]
    private var queries: [NamedQuery]
    private var diagnostics: [SchemaDiagnostic] = []

    /// - Parameter dialects: those that have migrations.
    init(_ files: [QueryFile], dialects: [Dialect]) {
        self.files = files
        self.dialects = dialects
        queries = files.flatMap { file in
            file.queries.map { query in
                NamedQuery(
                    name: query.name, file: file.source.file, cardinality: query.cardinality,
                    documentation: query.documentation, checksum: query.checksum)
            }
        }
        reportDuplicates()
    }

    /// The queries with what every database has said.
    ///
    /// - Throws: `InvalidSchemaError` with everything that a database has refused, each with its place.
    func typed() throws(InvalidSchemaError) -> [NamedQuery] {
        if !diagnostics.isEmpty { throw InvalidSchemaError(diagnostics) }
        return queries
    }

    private mutating func reportDuplicates() {
        for file in files {
            var names: Set<String> = []
            for query in file.queries where !names.insert(query.name).inserted {
                report("a query before it is called '\(query.name)', too", at: query.location)
            }
        }
    }

    private mutating func report(_ message: String, at location: FileLocation) {
        diagnostics.append(SchemaDiagnostic(message, at: location))
    }

    /// Takes what another snapshot has of a dialect, for the queries whose text is the same.
    mutating func take(_ dialect: Dialect, from other: SchemaSnapshot) {
        for index in queries.indices {
            let query = queries[index]
            let known = other.queries.first { $0.file == query.file && $0.name == query.name }
            if known?.checksum == query.checksum { queries[index].forms[dialect] = known?.forms[dialect] }
        }
    }

    // MARK: One database

    /// Types the queries of one dialect.
    ///
    /// - Parameters:
    ///   - catalog: what the database has.
    ///   - describe: asks the database about a statement.
    mutating func type(
        in dialect: Dialect, _ catalog: Catalog, describe: (String) throws -> QueryDescription
    ) throws {
        var index = 0
        for file in files {
            let isMeant = QueryFolder.dialects(of: file.source.file, among: dialects).contains(dialect)
            for query in file.queries {
                defer { index += 1 }
                guard isMeant else { continue }
                do {
                    let typing = QueryForm.Typing(query, in: file, dialect, catalog, isAlone: isAlone(query, of: file))
                    queries[index].forms[dialect] = try typing.form(describe: describe)
                } catch let error as InvalidSchemaError {
                    diagnostics += error.diagnostics
                }
            }
        }
    }

    /// Whether no query of the same name is for another database.
    private func isAlone(_ query: QueryFile.Query, of file: QueryFile) -> Bool {
        let folder = NamedQuery.folder(of: file.source.file)
        let counterparts = files.filter { other in
            NamedQuery.folder(of: other.source.file) == folder && other.queries.contains { $0.name == query.name }
        }
        return Set(counterparts.flatMap { QueryFolder.dialects(of: $0.source.file, among: dialects) }).count == 1
    }
}
