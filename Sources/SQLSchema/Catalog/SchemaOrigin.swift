/// Which step of a history made something as a database no longer has it.
///
/// ```swift
/// let origin = SchemaOrigin(of: live, after: catalogs)  // one catalog for each migration
/// for change in SchemaDiff(from: expected, to: live).changes {
///     print(change, origin.step(of: change).map { migrations[$0].name } ?? "")
/// }
/// ```
public struct SchemaOrigin: Sendable {
    /// What differs from the database after each step.
    private let changes: [[SchemaChange]]
    /// What each step removed.
    private let removals: [Set<String>]

    /// Compares a database with each step of a history.
    ///
    /// - Parameters:
    ///   - actual: What the database has.
    ///   - history: What it should have had after each step, in their order.
    public init(of actual: Catalog, after history: [Catalog]) {
        changes = history.map { SchemaDiff(from: $0, to: actual).changes }
        removals = zip([Catalog()] + history, history).map { before, after in
            Set(SchemaDiff(from: before, to: after).changes.filter { $0.new == nil }.map(\.subject))
        }
    }

    /// The step since which it should be otherwise; nil when that cannot be told, as of something that never should be.
    public func step(of change: SchemaChange) -> Int? {
        if change.old == nil { return removals.lastIndex { $0.contains(change.subject) } }
        guard changes.last?.contains(change) == true else { return nil }
        return changes.lastIndex { !$0.contains(change) }.map { $0 + 1 } ?? 0
    }
}
