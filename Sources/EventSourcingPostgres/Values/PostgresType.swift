import CLibpq

/// A type of a database: its number there, its name, and how its values are sent.
struct PostgresType: Hashable, Sendable {
    let oid: Oid
    let name: String
    let format: WireFormat
    /// The type of the elements of an array, or of the ends of a range; 0 when it is neither.
    var elementOID: Oid = 0
    /// How the elements of an array are sent.
    var elementFormat = WireFormat.other

    /// The types that have the same number in every database (`pg_type.dat`).
    static let builtIn: [Oid: PostgresType] = {
        let scalars: [(oid: Oid, array: Oid, name: String, format: WireFormat)] = [
            (16, 1000, "boolean", .bool), (17, 1001, "bytea", .bytes), (19, 1003, "name", .text),
            (20, 1016, "bigint", .int8), (21, 1005, "smallint", .int2), (23, 1007, "integer", .int4),
            (25, 1009, "text", .text), (26, 1028, "oid", .oid), (114, 199, "json", .json), (142, 143, "xml", .text),
            (700, 1021, "real", .float4), (701, 1022, "double precision", .float8),
            (1042, 1014, "character", .text), (1043, 1015, "character varying", .text),
            (1082, 1182, "date", .date), (1083, 1183, "time without time zone", .time),
            (1114, 1115, "timestamp without time zone", .localTimestamp),
            (1184, 1185, "timestamp with time zone", .timestamp), (1186, 1187, "interval", .interval),
            (1266, 1270, "time with time zone", .timetz), (1700, 1231, "numeric", .numeric),
            (2950, 2951, "uuid", .uuid), (3802, 3807, "jsonb", .jsonb),
        ]
        let ranges: [(oid: Oid, array: Oid, name: String, bound: Oid)] = [
            (3904, 3905, "int4range", 23), (3906, 3907, "numrange", 1700), (3908, 3909, "tsrange", 1114),
            (3910, 3911, "tstzrange", 1184), (3912, 3913, "daterange", 1082), (3926, 3927, "int8range", 20),
        ]
        var types: [Oid: PostgresType] = [705: PostgresType(oid: 705, name: "unknown", format: .text)]
        for scalar in scalars {
            types[scalar.oid] = PostgresType(oid: scalar.oid, name: scalar.name, format: scalar.format)
            types[scalar.array] = PostgresType(
                oid: scalar.array, name: "\(scalar.name)[]", format: .array, elementOID: scalar.oid,
                elementFormat: scalar.format)
        }
        for range in ranges {
            types[range.oid] = PostgresType(
                oid: range.oid, name: range.name, format: .range, elementOID: range.bound)
            types[range.array] = PostgresType(
                oid: range.array, name: "\(range.name)[]", format: .array, elementOID: range.oid, elementFormat: .range)
        }
        return types
    }()
}
