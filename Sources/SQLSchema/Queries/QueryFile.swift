/// A file of named queries, cut where the next one begins; what stands in them is for a database to judge.
///
/// ```sql
/// -- name: OpenOrders :many
/// -- The orders of a region that nobody has paid.
/// -- parameter region: string
/// SELECT id, total FROM orders WHERE region = :region;
/// ```
package struct QueryFile: Sendable {
    /// One query of the file.
    package struct Query: Sendable {
        package let name: String
        package let cardinality: QueryCardinality
        package let documentation: [String]
        /// What the query declares its parameters to be, by their names.
        package let declarations: [String: Declaration]
        /// The bytes of the statement in the file, without the comments above it.
        package let statement: Range<Int>
        /// Where its name stands.
        package let location: FileLocation
        /// What changes when its text does.
        package let checksum: String
    }

    /// What a query says of a parameter: `-- parameter region: string?`.
    package struct Declaration: Sendable {
        package let type: String
        package let isNullable: Bool
        package let location: FileLocation
    }

    package let source: SourceText
    package private(set) var queries: [Query] = []

    /// Reads a file.
    ///
    /// - Throws: ``InvalidSchemaError`` with everything that is wrong, each with its place.
    package init(_ bytes: [UInt8], path: String) throws(InvalidSchemaError) {
        source = SourceText(file: path, bytes: bytes)
        var reader = QueryFileReader(source)
        queries = try reader.read()
    }
}
