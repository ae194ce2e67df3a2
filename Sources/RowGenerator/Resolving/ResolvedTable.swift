import SQLSchema

/// A table or view about which everything is decided that its Swift code depends on.
struct ResolvedTable {
    /// What code a table gets.
    enum Kind {
        /// An events table: a columns struct and an `EventTable`.
        case events
        /// A snapshots table: a `SnapshotTable`.
        case snapshots
        /// Any other table: a struct that is read and written.
        case rows
        /// A view: a struct that is read.
        case view
    }

    let kind: Kind
    /// What the code's type names begin with: `OrderEvents`.
    let typeName: String
    /// The table's name in each dialect that has it.
    let names: [Dialect: RelationName]
    /// The table's columns in each dialect that has it.
    let columns: [Dialect: [Column]]
    /// The columns that become properties: in an events table those beyond the standard ones.
    let properties: [ResolvedColumn]
    /// The columns that find a row of an ordinary table; empty when there are none, or the dialects have different ones.
    let keyColumns: [String]
    /// The standard columns whose JSON is kept as a value, and not byte for byte.
    let rewrittenJSON: [String]

    /// What people call the table, and the dialect that calls it so: the name without a schema where there is one, so that
    /// it stays when PostgreSQL is added.
    var displayed: (dialect: Dialect, name: RelationName)? {
        names.max { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What people call the table.
    var displayName: String { displayed?.name.description ?? typeName }

    /// The columns of its own that the database computes, and that are no properties.
    var computedColumns: [String] {
        let own = names.keys.sorted().flatMap { columns[$0] ?? [] }.filter { $0.isGenerated || $0.isCounted }
        var names: [String] = []
        for column in own where !TableShape.events.columnNames.contains(column.name) && !names.contains(column.name) {
            names.append(column.name)
        }
        return names
    }

    /// The names of the types that the code declares.
    var declaredTypes: [String] {
        switch kind {
        case .events: [columnsTypeName, tableTypeName].compactMap { $0 }
        case .snapshots: [tableTypeName]
        case .rows, .view: [rowTypeName]
        }
    }

    /// The type of an event's own columns.
    var columnsTypeName: String? { properties.isEmpty ? nil : "\(typeName)Columns" }

    /// The type of the row mapper of an events or snapshots table.
    var tableTypeName: String { "\(typeName)Table" }

    /// The type of a row of any other table.
    var rowTypeName: String { "\(typeName)Row" }
}

/// A column that becomes a property.
struct ResolvedColumn {
    let column: Column
    /// The property's name, not escaped.
    let name: String
    let type: SwiftType
    /// What the type is called in Swift.
    let typeName: String
    /// How PostgreSQL is given and asked for the values; nil when it does not have the table.
    let transfer: PostgresTransfer?
    /// How many digits the column keeps behind the point, when it says so.
    let fractionDigits: Int?
    /// Whether the property may be nil: the column may be NULL, or has no value before the row is stored.
    let isOptional: Bool
    /// Whether the database counts the column up, so that an insert leaves it out.
    let isCounted: Bool
    /// The value that an initializer uses unless told otherwise, as Swift; nil when it must be told.
    let defaultValue: String?

    /// The property's name as it is written in code.
    var identifier: String { SwiftName.escaped(name) }

    /// The property's name as it is written before an argument.
    var label: String { SwiftName.label(name) }

    /// The property's type.
    var swiftType: String { isOptional ? "\(typeName)?" : typeName }

    /// The expression that reads the property from a row.
    func reading(at index: Int) -> String {
        switch type {
        case .codable: "row.decoded(\(swiftType).self, at: \(index))"
        case .list:
            "row.list\(isOptional ? "IfPresent" : "")(of: \(typeName.dropFirst().dropLast()).self, at: \(index))"
        case .scalar, .own, .range, .custom: "row.value(\(swiftType).self, at: \(index))"
        }
    }

    /// The expression that writes a property to a row.
    func writing(_ property: String, at index: Int) -> String {
        let digits = fractionDigits.map { ", fractionDigits: \($0), of: \(SwiftLiteral.string(column.name))" } ?? ""
        return switch type {
        case .codable: "row.encode(\(property), at: \(index))"
        case .list: "row.set(list: \(property), at: \(index)\(digits))"
        case .own where fractionDigits != nil:
            "row.set(\(property)\(isOptional ? "?" : "").rawValue, at: \(index)\(digits))"
        case .scalar: "row.set(\(property), at: \(index)\(digits))"
        case .own, .range, .custom: "row.set(\(property), at: \(index))"
        }
    }

    /// What the property's comment says of the column.
    var summary: String {
        var words = [column.type, column.isNullable ? "NULL allowed" : "NOT NULL"].filter { !$0.isEmpty }
        if isCounted {
            words.append("counted up by the database, nil before the row is stored")
        } else if let expression = column.defaultExpression {
            words.append("default \(expression)")
        }
        return "The column `\(column.name)`: \(words.joined(separator: ", "))."
    }
}

/// How the values of a column come to PostgreSQL and back.
struct PostgresTransfer {
    /// Whether a value is given as a text, of which the statement makes the column's type.
    let isCast: Bool
    /// Whether the server is asked for the text of a value.
    let isText: Bool

    init(_ column: Column, as type: SwiftType, _ catalog: Catalog) {
        let storage = PostgresStorage(type: column.type, in: catalog)
        let isUnknown = storage == nil && ColumnFit(column, in: .postgres, catalog).type == nil
        // Somebody chose a text for what is none.
        let isMadeText = type == .scalar(.string) && storage?.types.contains(.string) != true
        isCast = storage?.isWrittenBinary != true || isMadeText
        isText = isUnknown || isMadeText || storage?.isReadAsText == true
    }
}
