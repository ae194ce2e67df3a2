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
    /// Microseconds since 2000-01-01 in UTC: timestamptz.
    case timestamp
    /// Microseconds since 2000-01-01 in no time zone: timestamp.
    case localTimestamp
    /// Days since 2000-01-01.
    case date
    /// Microseconds since midnight.
    case time
    /// Microseconds since midnight, and the seconds that UTC is ahead.
    case timetz
    /// Microseconds, days and months.
    case interval
    case json
    /// A byte with the version, then the text.
    case jsonb
    /// A decimal number in digits of 10,000, which we write as a text.
    case numeric
    /// Flags, and up to two values of another type.
    case range
    /// An array of one of these.
    case array
    /// Anything else, such as a composite.
    case other
}
