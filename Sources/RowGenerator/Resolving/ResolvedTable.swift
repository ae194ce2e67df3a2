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

    /// What people call the table.
    var displayName: String {
        names.sorted { $0.key < $1.key }.first?.value.description ?? typeName
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
    let type: ColumnType
    /// The value that an initializer uses unless told otherwise, as Swift; nil when it must be told.
    let defaultValue: String?

    /// The property's name as it is written in code.
    var identifier: String { SwiftName.escaped(name) }

    /// The property's name as it is written before an argument.
    var label: String { SwiftName.label(name) }

    /// The property's type.
    var swiftType: String { column.isNullable ? "\(type.swiftName)?" : type.swiftName }

    /// What the property's comment says of the column.
    var summary: String {
        var words = [column.type, column.isNullable ? "NULL allowed" : "NOT NULL"].filter { !$0.isEmpty }
        if let expression = column.defaultExpression { words.append("default \(expression)") }
        return "The column `\(column.name)`: \(words.joined(separator: ", "))."
    }
}
