/// How the values of a type look in PostgreSQL's binary format, as far as we read and write them.
@usableFromInline
enum WireFormat: UInt8, Sendable {
    case bool
    case int2
    case int4
    case int8
    /// An unsigned number of 32 bits: `oid`.
    case oid
    case float4
    case float8
    /// The text itself in UTF-8: text, varchar, char, name, citext, xml, and every enum.
    case text
    case bytes
    case uuid
    /// Microseconds since 2000-01-01: timestamp and timestamptz.
    case timestamp
    case json
    /// A byte with the version, then the text.
    case jsonb
    /// A decimal number, which we write as a text.
    case numeric
    /// An array of one of these.
    case array
    /// Anything else, such as a range or a composite.
    case other
}
