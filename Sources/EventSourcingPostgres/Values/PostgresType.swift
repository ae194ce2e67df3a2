import CLibpq

/// A type of a database: its number there, its name, and how its values are sent.
struct PostgresType: Hashable, Sendable {
    let oid: Oid
    let name: String
    let format: WireFormat
    /// The type of the elements of an array; 0 when it is none.
    var elementOID: Oid = 0

    /// The types that have the same number in every database (`pg_type.dat`).
    static let builtIn: [Oid: PostgresType] = {
        let scalars: [(oid: Oid, array: Oid, name: String, format: WireFormat)] = [
            (16, 1000, "boolean", .bool), (17, 1001, "bytea", .bytes), (19, 1003, "name", .text),
            (20, 1016, "bigint", .int8), (21, 1005, "smallint", .int2), (23, 1007, "integer", .int4),
            (25, 1009, "text", .text), (26, 1028, "oid", .oid), (114, 199, "json", .json), (142, 143, "xml", .text),
            (700, 1021, "real", .float4), (701, 1022, "double precision", .float8),
            (1042, 1014, "character", .text), (1043, 1015, "character varying", .text),
            (1114, 1115, "timestamp without time zone", .timestamp),
            (1184, 1185, "timestamp with time zone", .timestamp), (1700, 1231, "numeric", .numeric),
            (2950, 2951, "uuid", .uuid), (3802, 3807, "jsonb", .jsonb),
        ]
        var types: [Oid: PostgresType] = [705: PostgresType(oid: 705, name: "unknown", format: .text)]
        for scalar in scalars {
            types[scalar.oid] = PostgresType(oid: scalar.oid, name: scalar.name, format: scalar.format)
            types[scalar.array] = PostgresType(
                oid: scalar.array, name: "\(scalar.name)[]", format: .array, elementOID: scalar.oid)
        }
        return types
    }()
}
