import SQLSchema

/// Writes the code of a named query: a struct with its parameters and its rows, and the function that runs it.
struct QueryEmitter {
    private let query: ResolvedQuery

    init(_ query: ResolvedQuery) {
        self.query = query
    }

    func append(to source: inout SwiftSource) {
        source.line()
        source.documentation("The query `\(query.query.name)` of \(files).")
        let parent = query.columns.isEmpty ? "NamedStatement" : "RowQuery"
        source.block("\(source.access)struct \(query.typeName): \(parent), Sendable") { source in
            let parameters = PropertiesEmitter(typeName: query.typeName, properties: query.parameters)
            if query.parameters.isEmpty {
                source.documentation("Creates the query, which has no parameters.")
                source.inlinable()
                source.line("\(source.access)init() {}")
            } else {
                parameters.appendProperties(to: &source, summary: parameterSummary)
                parameters.appendInitializer("Creates the query with the values of its parameters.", to: &source)
            }
            appendWrite(to: &source)
            source.line()
            source.documentation("What the query is called.")
            source.line("\(source.access)static let name = \(SwiftLiteral.string(query.query.name))")
            appendStatements(to: &source)
            if !query.columns.isEmpty { appendRow(to: &source) }
        }
        source.line()
        source.block("extension RowDatabase where Self: ~Copyable") { appendFunction(to: &$0) }
    }

    private var files: String { query.files.map { "`\($0)`" }.joined(separator: " and ") }

    // MARK: The query

    private func parameterSummary(_ parameter: ResolvedColumn) -> String {
        let type = parameter.column.type.isEmpty ? "" : ": \(parameter.column.type)"
        return "The parameter `:\(parameter.column.name)`\(type)\(parameter.isOptional ? ", NULL allowed" : "")."
    }

    private func appendWrite(to source: inout SwiftSource) {
        source.line()
        source.documentation("Writes the values of the parameters in the order of their numbers.")
        source.inlinable()
        let opening = "\(source.access)func write<Writer: RowWriter & ~Copyable>(to row: inout Writer) throws"
        if query.parameters.isEmpty { return source.line("\(opening) {}") }
        source.block(opening) { source in
            for (index, parameter) in query.parameters.enumerated() {
                source.line("try \(parameter.writing("self.\(parameter.identifier)", at: index))")
            }
        }
    }

    private func appendStatements(to source: inout SwiftSource) {
        source.line()
        source.documentation("The statement in each dialect.")
        source.line("\(source.access)static let statements: [Dialect: String] = [")
        source.indented { source in
            source.elements(query.query.forms.sorted { $0.key < $1.key }) { source, form, comma in
                let literal = SwiftLiteral.multiline(form.value.sql)
                source.line(".\(form.key.rawValue): \(literal.opening)")
                source.lines(literal.lines)
                source.line(literal.closing + comma)
            }
        }
        source.line("]")
    }

    private func appendRow(to source: inout SwiftSource) {
        let emitter = PropertiesEmitter(typeName: "Row", properties: query.columns)
        source.line()
        source.documentation("A row of the result.")
        source.block("\(source.access)struct Row: ResultRow, Equatable") { source in
            emitter.appendProperties(to: &source)
            source.line()
            source.documentation("Reads a row of the result.")
            source.inlinable()
            source.block("\(source.access)init<Source: RowReader & ~Copyable>(row: borrowing Source) throws") {
                source in
                for (index, column) in query.columns.enumerated() {
                    source.line("self.\(column.identifier) = try \(column.reading(at: index))")
                }
            }
            emitter.appendEquality(to: &source)
        }
    }

    // MARK: The function

    private func appendFunction(to source: inout SwiftSource) {
        if query.query.documentation.isEmpty {
            source.documentation("Runs the query `\(query.query.name)` of \(files).")
        } else {
            for line in query.query.documentation { line.isEmpty ? source.line("///") : source.documentation(line) }
        }
        source.line("///")
        if let returns { source.documentation("- Returns: \(returns)") }
        source.documentation("- Throws: `DatabaseError`\(failure).")
        source.inlinable()
        if query.query.cardinality == .exec { source.line("@discardableResult") }
        var parameters = query.parameters.map { "\($0.label): \($0.swiftType)" }
        if query.query.cardinality == .stream { parameters.append("_ body: (\(result)) throws -> Void") }
        let name = SwiftName.escaped(query.functionName)
        let returned = resultType.map { " -> \($0)" } ?? ""
        source.listed("\(source.access)borrowing func \(name)(", parameters, ") throws\(returned) {")
        source.indented { appendCall(to: &$0) }
        source.line("}")
    }

    private func appendCall(to source: inout SwiftSource) {
        let arguments = query.parameters.map { "\($0.label): \($0.identifier)" }
        let call = "\(query.typeName)(\(arguments.joined(separator: ", ")))"
        let value = single.map { ".\($0.identifier)" } ?? ""
        switch query.query.cardinality {
        case .many: source.line("try all(\(call))\(single.map { ".map(\\.\($0.identifier))" } ?? "")")
        case .one: source.line("try one(\(call))\(value)")
        case .optional: source.line("try optional(\(call))\(single.map { "?.\($0.identifier)" } ?? "")")
        case .exec: source.line("try run(\(call))")
        case .stream:
            source.line("try forEach(\(call)) { row in try body(row\(value)) }")
        }
    }

    /// The only column, which is given back without a row around it.
    private var single: ResolvedColumn? { query.columns.count == 1 ? query.columns[0] : nil }

    private var result: String { single?.swiftType ?? "\(query.typeName).Row" }

    private var resultType: String? {
        switch query.query.cardinality {
        case .many: "[\(result)]"
        case .one: result
        case .optional: result.hasSuffix("?") ? result : "\(result)?"
        case .exec: "Int"
        case .stream: nil
        }
    }

    private var returns: String? {
        switch query.query.cardinality {
        case .many, .one, .stream: nil
        case .optional: "nil when there is no row."
        case .exec: "how many rows it has changed."
        }
    }

    private var failure: String {
        switch query.query.cardinality {
        case .many, .exec: ""
        case .one: ", also when there is no row, or more than one"
        case .optional: ", also when there is more than one row"
        case .stream: ", or what the closure throws, which ends it"
        }
    }
}
