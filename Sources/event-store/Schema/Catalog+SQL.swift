import SQLSchema

extension Catalog {
    /// The first line of what `sql(in:)` gives.
    static let sqlHeader = "-- Written by `event-store schema dump` from the migrations; do not edit.\n"

    /// The statements that create everything, as the database keeps them; what extensions bring is not among them.
    func sql(in dialect: Dialect) -> String {
        var statements: [String] = []
        if dialect == .postgres { statements += statementsBeforeTables }
        for table in dialect == .postgres ? tablesInOrderOfReferences : tables {
            statements.append(table.definition)
            statements += table.indexes.map(\.definition)
            statements += table.triggers.map(\.definition)
        }
        statements += views.map(\.definition)
        statements += details.filter { !$0.kind.isNeededByTables }.inOrder.map(\.definition)
        return Self.sqlHeader + statements.map { "\n\($0);\n" }.joined()
    }

    /// What PostgreSQL has outside of its tables.
    private var statementsBeforeTables: [String] {
        let names =
            tables.map(\.name) + views.map(\.name) + enums.map(\.name) + domains.map(\.name) + functions.map(\.name)
        let schemas = Set(names.compactMap(\.schema)).subtracting(["public"]).sorted()
        // A function can name tables that come later.
        let settings = functions.isEmpty ? [] : ["SET check_function_bodies = false"]
        let needed = details.filter { $0.kind.isNeededByTables }.inOrder
        let types = needed.filter { $0.kind != .aggregate }.map(\.definition)
        return schemas.map { "CREATE SCHEMA \(SQLIdentifier.quoted($0))" } + settings + enums.map(\.definition)
            + domains.map(\.definition) + types + functions.map(\.definition)
            + needed.filter { $0.kind == .aggregate }.map(\.definition)
    }

    /// The tables, each after those that it refers to; tables that refer to each other stay as they are.
    var tablesInOrderOfReferences: [Table] {
        var rest = tables
        var ordered: [Table] = []
        while !rest.isEmpty {
            let next = rest.firstIndex { table in
                table.foreignKeys.allSatisfy { key in
                    key.references == table.name || !rest.contains { $0.name == key.references }
                }
            }
            ordered.append(rest.remove(at: next ?? 0))
        }
        return ordered
    }
}

extension CatalogDetail.Kind {
    /// Whether a table can be made of it.
    fileprivate var isNeededByTables: Bool {
        switch self {
        case .extension, .sequence, .type, .aggregate: true
        default: false
        }
    }
}

extension [CatalogDetail] {
    /// In the order in which a database is built.
    fileprivate var inOrder: [CatalogDetail] {
        CatalogDetail.Kind.allCases.flatMap { kind in filter { $0.kind == kind } }
    }
}

extension Enumeration {
    fileprivate var definition: String {
        let labels = labels.map { "'\($0.replacing("'", with: "''"))'" }
        return "CREATE TYPE \(name.quoted) AS ENUM (\(labels.joined(separator: ", ")))"
    }
}

extension Domain {
    fileprivate var definition: String {
        let parts =
            ["CREATE DOMAIN \(name.quoted) AS \(type)", defaultExpression.map { "DEFAULT \($0)" }]
            + [isNullable ? nil : "NOT NULL"]
            + checks.map { "CONSTRAINT \(SQLIdentifier.quoted($0.name)) \($0.definition)" }
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}
