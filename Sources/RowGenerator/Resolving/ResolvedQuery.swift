import SQLSchema

/// A named query about which everything is decided that its Swift code depends on.
struct ResolvedQuery {
    let query: NamedQuery
    /// The files that it stands in: one, or one for each database.
    let files: [String]
    /// What the code's type is called: `OpenOrdersQuery`.
    let typeName: String
    /// What the function is called, not escaped: `openOrders`.
    let functionName: String
    /// The parameters in the order of their numbers.
    let parameters: [ResolvedColumn]
    /// The columns of the result; empty when nobody reads one.
    let columns: [ResolvedColumn]
}
