import SQLSchema

/// An enum or a domain that becomes a type of its own.
struct ResolvedType {
    /// A label that becomes a constant.
    struct Label {
        let text: String
        /// The constant's name, not escaped.
        let name: String
    }

    /// What the database calls it.
    let name: RelationName
    /// What it is called in Swift.
    let typeName: String
    /// The type of the value within.
    let rawType: ColumnType
    /// The type below a domain as the database writes it; nil for an enum.
    let domainType: String?
    /// The labels of an enum that have a Swift name, in the order of the database.
    let labels: [Label]

    /// The name of the list of the labels.
    static let listName = "knownLabels"
}

/// Everything about which the generator has decided.
struct ResolvedSchema {
    /// The tables and views in the order of their names.
    let tables: [ResolvedTable]
    /// The enums and domains that become types, in the order of their names.
    let types: [ResolvedType]
    /// The named queries of the target, in the order of the snapshot.
    let queries: [ResolvedQuery]
    /// Who can use the code.
    let access: AccessLevel
}
