/// A schema snapshot as it was read from a file, with the places of its tables and columns.
///
/// The snapshot itself stays a pure model; what points at a mistake asks the file where the table or column stands.
public struct SnapshotFile: Sendable {
    /// The snapshot that the file holds.
    public let snapshot: SchemaSnapshot

    private let source: SourceText
    private let offsets: [Place: Int]
    private let queryOffsets: [QueryPlace: Int]

    /// A query that has a place.
    struct QueryPlace: Hashable, Sendable {
        let file: String
        let name: String
    }

    /// Something in the file that has a place.
    struct Place: Hashable, Sendable {
        let dialect: Dialect
        let relation: RelationName
        let column: String?
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: what the file holds.
    ///   - path: what messages call the file.
    /// - Throws: ``InvalidSchemaError`` with everything that is wrong, each with its line and column.
    public init(_ bytes: [UInt8], path: String) throws(InvalidSchemaError) {
        source = SourceText(file: path, bytes: bytes)
        var reader = SnapshotReader(source)
        snapshot = try reader.read()
        offsets = reader.offsets
        queryOffsets = reader.queryOffsets
    }

    /// The file's beginning, for what has no place of its own.
    public var start: FileLocation { source.location(at: 0) }

    /// Where the name of a table, a view or one of its columns stands; the file's beginning for one it does not have.
    public func location(of relation: RelationName, column: String? = nil, in dialect: Dialect) -> FileLocation {
        source.location(at: offsets[Place(dialect: dialect, relation: relation, column: column)] ?? 0)
    }

    /// Where the name of a query stands; the file's beginning for one it does not have.
    public func location(of query: NamedQuery) -> FileLocation {
        source.location(at: queryOffsets[QueryPlace(file: query.file, name: query.name)] ?? 0)
    }
}
