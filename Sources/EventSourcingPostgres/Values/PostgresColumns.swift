import CLibpq
import EventSourcingSQL

/// What the columns of a result are: described once, and used for every row.
///
/// It owns the list of formats, which rows look at without a check of their own.
@usableFromInline
final class PostgresColumns {
    let names: [String]
    let types: [PostgresType]
    @usableFromInline let count: Int
    @usableFromInline let formats: UnsafeMutablePointer<WireFormat>
    @usableFromInline let texts: RepeatedTexts

    init(names: [String], types: [PostgresType]) {
        self.names = names
        self.types = types
        count = types.count
        texts = RepeatedTexts(columnCount: types.count)
        formats = .allocate(capacity: max(1, types.count))
        for (index, type) in types.enumerated() { (formats + index).initialize(to: type.format) }
    }

    deinit {
        formats.deallocate()
    }

    /// Whether a result has columns of these types (PQftype).
    func describe(_ result: OpaquePointer) -> Bool {
        Int(PQnfields(result)) == count
            && types.indices.allSatisfy { PQftype(result, Int32($0)) == types[$0].oid }
    }
}
