/// Something that a database has beside what rows are mapped from: a sequence, a rule, a privilege, a comment.
///
/// Nothing of it decides what is generated; it is kept so that a review shows when it changes, and so that a database on
/// which somebody changed it is found to be another one.
public struct CatalogDetail: Hashable, Sendable, Comparable {
    /// What it is. The order is that in which a database is built: what tables need comes before them.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// An extension that is installed: `pg_extension`.
        case `extension`
        /// A sequence that belongs to no column: `pg_sequence`.
        case sequence
        /// A type with fields, or one of ranges: `pg_type`.
        case type
        /// An aggregate function: `pg_aggregate`.
        case aggregate
        /// A table that inherits from another one without being its partition: `pg_inherits`.
        case inheritance
        /// What a table or a view is told to be like, such as a fill factor: `pg_class.reloptions`.
        case options
        /// A constraint that a partition has by itself: `pg_constraint`.
        case constraint
        /// An index that a partition has by itself: `pg_index`.
        case index
        /// A trigger of a view.
        case trigger
        /// A rule: `pg_rewrite`.
        case rule
        /// That the rows of a table are seen by policies only: `pg_class.relrowsecurity`.
        case rowSecurity = "row security"
        /// Who sees and changes which rows: `pg_policy`.
        case policy
        /// A trigger on statements that define data: `pg_event_trigger`.
        case eventTrigger = "event trigger"
        /// What somebody may do beyond what everybody may from the beginning: `aclexplode`.
        case grant
        /// What somebody may not do although it is allowed from the beginning.
        case revoke
        /// A comment on anything: `pg_description`.
        case comment
    }

    /// What it is.
    public var kind: Kind
    /// What it is called, with what it belongs to: `notify on public.orders`.
    public var name: String
    /// The statement that makes it so.
    public var definition: String

    /// Creates a detail.
    public init(_ kind: Kind, name: String, definition: String) {
        self.kind = kind
        self.name = name
        self.definition = definition
    }

    /// Orders details by their kinds, then by the bytes of their names.
    public static func < (left: CatalogDetail, right: CatalogDetail) -> Bool {
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        if !left.name.utf8.elementsEqual(right.name.utf8) {
            return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        return left.definition.utf8.lexicographicallyPrecedes(right.definition.utf8)
    }
}
