/// The Swift type of a column, by the word that the override file uses for it.
public enum ColumnType: String, CaseIterable, Hashable, Sendable {
    /// A whole number of 64 bits.
    case int64
    /// A whole number of 32 bits.
    case int32
    /// A whole number of 16 bits.
    case int16
    /// True or false; 1 or 0 in SQLite.
    case bool
    /// A number of double precision.
    case double
    /// A number of single precision.
    case float
    /// A text.
    case string
    /// A UUID; in SQLite a text in lower case, or 16 bytes.
    case uuid
    /// A point in time; microseconds since 1970 in SQLite.
    case instant
    /// A JSON text, kept byte for byte.
    case json
    /// Bytes.
    case bytes
    /// A decimal number with all its digits; a text in SQLite, as all that follow.
    case decimal
    /// A day.
    case date
    /// A time of a day.
    case time
    /// A time of a day with an offset from UTC.
    case timeWithOffset
    /// A day and a time in no time zone.
    case localDateTime
    /// A span of months, days and microseconds.
    case interval

    /// What the type is called in Swift.
    public var swiftName: String {
        switch self {
        case .int64: "Int64"
        case .int32: "Int32"
        case .int16: "Int16"
        case .bool: "Bool"
        case .double: "Double"
        case .float: "Float"
        case .string: "String"
        case .uuid: "UUID"
        case .instant: "Instant"
        case .json: "JSON"
        case .bytes: "[UInt8]"
        case .decimal: "ExactDecimal"
        case .date: "CalendarDate"
        case .time: "TimeOfDay"
        case .timeWithOffset: "TimeOfDayWithOffset"
        case .localDateTime: "LocalDateTime"
        case .interval: "CalendarInterval"
        }
    }
}
