/// What a named query gives back: the word behind its name, `-- name: OpenOrders :many`.
public enum QueryCardinality: String, CaseIterable, Hashable, Sendable {
    /// All rows, as a list.
    case many
    /// Exactly one row; none, or more than one, is an error.
    case one
    /// One row or none; more than one is an error.
    case optional
    /// How many rows it has changed.
    case exec
    /// Row by row, in memory that does not grow with the result.
    case stream
}
