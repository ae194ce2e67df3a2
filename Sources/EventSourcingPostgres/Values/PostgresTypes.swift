import CLibpq

/// The types that a connection has met: those that every database has, and those that it asked its own for.
struct PostgresTypes {
    /// A row of `pg_type`.
    struct Row: Hashable {
        let oid: Oid
        /// `b` base, `c` composite, `d` domain, `e` enum, `r` range.
        let kind: String
        /// `A` array, `S` string, …
        let category: String
        /// The type below a domain; 0 when it is none.
        let baseOID: Oid
        let elementOID: Oid
        let name: String

        /// What refers to other types comes after them.
        fileprivate var order: Int { category == "A" && kind != "d" ? 1 : kind == "d" ? 2 : 0 }
    }

    /// Asks for the rows of some types; the one parameter is a list such as `{16384,16390}`.
    static let query = """
        SELECT oid, typtype, typcategory, typbasetype, typelem, pg_catalog.format_type(oid, NULL)
        FROM pg_catalog.pg_type WHERE oid = ANY ($1::pg_catalog.oid[])
        """

    private var known = PostgresType.builtIn

    subscript(oid: Oid) -> PostgresType {
        known[oid] ?? PostgresType(oid: oid, name: "type \(oid)", format: .other)
    }

    /// Those that have to be asked for.
    func unknown(among oids: some Sequence<Oid>) -> Set<Oid> {
        Set(oids.filter { $0 != 0 && known[$0] == nil })
    }

    /// Learns types, and those that they refer to.
    ///
    /// - Parameter rows: asks the database for the rows of some types.
    mutating func learn(_ oids: Set<Oid>, rows: (Set<Oid>) throws -> [Row]) throws {
        guard !oids.isEmpty else { return }
        let found = try rows(oids)
        // A domain is sent as the type below it, and an array names the type of its elements.
        try learn(unknown(among: found.flatMap { [$0.baseOID, $0.elementOID] }).subtracting(oids), rows: rows)
        for row in found.sorted(by: { ($0.order, $0.oid) < ($1.order, $1.oid) }) { learn(row) }
        // An array of a domain comes after it, and a domain over an array after that.
        for row in found where row.order > 0 { learn(row) }
    }

    private mutating func learn(_ row: Row) {
        let base = row.kind == "d" ? self[row.baseOID] : nil
        let isArray = base == nil && row.category == "A"
        known[row.oid] = PostgresType(
            oid: row.oid, name: row.name, format: base?.format ?? (isArray ? .array : Self.format(of: row)),
            elementOID: base?.elementOID ?? (isArray ? row.elementOID : 0),
            elementFormat: base?.elementFormat ?? (isArray ? self[row.elementOID].format : .other))
    }

    private static func format(of row: Row) -> WireFormat {
        // Enums and the string types of extensions, such as citext, are sent as their text.
        row.kind == "e" || (row.kind == "b" && row.category == "S") ? .text : .other
    }
}
