import SQLMigrations
import SQLSchema

extension QueryForm {
    /// Makes the form of one query in one dialect.
    struct Typing {
        private let query: QueryFile.Query
        private let file: QueryFile
        private let dialect: Dialect
        private let catalog: Catalog
        /// Whether no other database says of what types everything is.
        private let isAlone: Bool

        init(_ query: QueryFile.Query, in file: QueryFile, _ dialect: Dialect, _ catalog: Catalog, isAlone: Bool) {
            self.query = query
            self.file = file
            self.dialect = dialect
            self.catalog = catalog
            self.isAlone = isAlone
        }

        /// Asks the database about the query.
        ///
        /// - Throws: `InvalidSchemaError` with everything that is wrong with it; `DatabaseError` when the database is gone.
        func form(describe: (String) throws -> QueryDescription) throws -> QueryForm {
            let parameters = try namedParameters()
            var casts: [Int: String] = [:]
            var description = try ask(describe, parameters, casts)
            if dialect == .postgres {
                casts = self.casts(for: description.parameterTypes)
                // What PostgreSQL is given as a text must be typed again, with the cast in its place.
                if !casts.isEmpty {
                    let types = description.parameterTypes
                    description = try ask(describe, parameters, casts)
                    description.parameterTypes = types
                }
            }
            return QueryForm(
                sql: parameters.sql(casts: casts),
                parameters: try self.parameters(parameters, description.parameterTypes),
                columns: try columns(description.columns))
        }

        private func failure(_ message: String, at offset: Int? = nil) -> InvalidSchemaError {
            let location = offset.map { file.source.location(at: $0) } ?? query.location
            return InvalidSchemaError([SchemaDiagnostic(message, at: location)])
        }

        // MARK: Asking

        private func namedParameters() throws -> NamedParameters {
            do {
                return try NamedParameters(in: query.statement, of: file.source, dialect: dialect)
            } catch {
                throw failure(error.message, at: error.offset)
            }
        }

        private func ask(
            _ describe: (String) throws -> QueryDescription, _ parameters: NamedParameters, _ casts: [Int: String]
        ) throws -> QueryDescription {
            do {
                return try describe(parameters.sql(casts: casts))
            } catch let error as DatabaseError where error.code != .connectionLost && error.code != .cannotOpen {
                let offset = parameters.offset(ofSent: error.offset ?? 0, casts: casts)
                let hint = error.hint.map { "; \($0)" } ?? ""
                throw failure("\(dialect.displayName): \(error.message) (\(error.engineCode))\(hint)", at: offset)
            }
        }

        // MARK: Parameters

        /// The types of which the statement makes what it is given as a text.
        private func casts(for types: [String]) -> [Int: String] {
            var casts: [Int: String] = [:]
            for (index, type) in types.enumerated() {
                let element = type.hasSuffix("[]") ? String(type.dropLast(2)) : type
                if PostgresStorage(type: element, in: catalog)?.isWrittenBinary != true || element != type {
                    casts[index + 1] = type
                }
            }
            return casts
        }

        private func parameters(_ named: NamedParameters, _ types: [String]) throws -> [QueryParameter] {
            for (name, declaration) in query.declarations where !named.names.contains(name) {
                throw InvalidSchemaError([
                    SchemaDiagnostic("the query has no parameter ':\(name)'", at: declaration.location)
                ])
            }
            return try named.names.enumerated().map { index, name in
                let declaration = query.declarations[name]
                let parameter = QueryParameter(
                    name: name, type: types.indices.contains(index) ? types[index] : "",
                    isNullable: named.nullable.contains(name) || declaration?.isNullable == true,
                    declaration: declaration?.type)
                try check(parameter, at: named.offset(of: name))
                return parameter
            }
        }

        private func check(_ parameter: QueryParameter, at offset: Int) throws {
            let fit = ColumnFit(
                Column(name: parameter.name, type: parameter.type, isNullable: parameter.isNullable), in: dialect,
                catalog)
            guard let declaration = parameter.declaration else {
                if fit.type != nil || (dialect == .sqlite && !isAlone) { return }
                let found =
                    dialect == .sqlite
                    ? "has no type, as no parameter of SQLite has"
                    : "is \(parameter.type), which has no Swift type"
                throw failure(
                    "the parameter ':\(parameter.name)' \(found); declare it below the name of the query: "
                        + "-- parameter \(parameter.name): string", at: offset)
            }
            if let choice = TypeChoice(word: declaration) {
                guard fit.type(choice) == nil else { return }
                throw failure(
                    "the parameter ':\(parameter.name)' is \(parameter.type), which can be "
                        + fit.words.joined(separator: ", "), at: offset)
            }
            let relations = catalog.tables.map { ($0.name, $0.columns) } + catalog.views.map { ($0.name, $0.columns) }
            let isKnown = relations.contains { name, columns in
                columns.contains { "\(name).\($0.name)" == declaration }
            }
            if !isKnown {
                throw failure("'\(declaration)' is no column of \(dialect.displayName)", at: offset)
            }
        }

        // MARK: Columns

        private func columns(_ described: [QueryDescription.Column]) throws -> [QueryColumn] {
            if query.cardinality == .exec { return [] }
            guard !described.isEmpty else {
                throw failure("it returns no columns; name it :exec, or add RETURNING")
            }
            var names: Set<String> = []
            return try described.map { described in
                let alias = QueryColumnName(described.name)
                let column = QueryColumn(
                    name: alias.name, type: described.type, isNullable: alias.isNullable ?? described.isNullable,
                    origin: described.origin, choice: alias.choice)
                guard names.insert(alias.name).inserted else {
                    throw failure("two columns are called '\(alias.name)'; give one another name with AS")
                }
                try check(column)
                return column
            }
        }

        private func check(_ column: QueryColumn) throws {
            let fit = ColumnFit(
                Column(name: column.name, type: column.type, isNullable: column.isNullable), in: dialect, catalog)
            let found = column.type.isEmpty ? "an expression, which has no type in SQLite" : column.type
            if let choice = column.choice.flatMap(TypeChoice.init(word:)), fit.type(choice) == nil {
                throw failure(
                    "the column '\(column.name)' is \(found), which can be \(fit.words.joined(separator: ", "))")
            }
            if dialect == .postgres, fit.type == nil || isReadAsText(column.type) {
                throw failure(
                    "the column '\(column.name)' is \(column.type), which is read as a text: select "
                        + "\(column.name)::text AS \(column.name)")
            }
            if column.choice == nil, column.origin == nil, fit.type == nil, isAlone {
                throw failure(
                    "the column '\(column.name)' is \(found); say which one it is: AS \"\(column.name): string\"")
            }
        }

        private func isReadAsText(_ type: String) -> Bool {
            let element = type.hasSuffix("[]") ? String(type.dropLast(2)) : type
            return PostgresStorage(type: element, in: catalog)?.isReadAsText == true
        }
    }
}
