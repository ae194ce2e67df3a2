import EventSourcingSQL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The exact text of a value in PostgreSQL's binary format.
///
/// The server's own text of it would depend on the settings of the session: `DateStyle`, `IntervalStyle`,
/// `extra_float_digits`, `bytea_output`.
struct PostgresLiteral {
    private var rest: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    /// Reads one value; nil when the bytes are none of the type.
    ///
    /// - Parameter elementOID: the type of the elements of an array, or of the ends of a range.
    static func text(of bytes: UnsafeRawBufferPointer, _ format: WireFormat, elementOID: UInt32) -> String? {
        var literal = PostgresLiteral(bytes)
        let text = literal.text(format, elementOID: elementOID)
        return literal.rest.isEmpty ? text : nil
    }

    private mutating func text(_ format: WireFormat, elementOID: UInt32) -> String? {
        switch format {
        case .bool: number(UInt8.self).map { $0 == 0 ? "false" : "true" }
        case .int2: number(Int16.self)?.description
        case .int4: number(Int32.self)?.description
        case .int8: number(Int64.self)?.description
        case .oid: number(UInt32.self)?.description
        case .float4: number(UInt32.self).map { Float(bitPattern: $0).literal }
        case .float8: number(UInt64.self).map { Double(bitPattern: $0).literal }
        case .text, .json: string()
        case .jsonb: number(UInt8.self) == 1 ? string() : nil
        case .bytes: remainder().literal
        case .uuid: uuid()
        case .timestamp: number(Int64.self).flatMap { PostgresInstant.instant($0)?.literal }
        case .localTimestamp: number(Int64.self).map { PostgresTime.localDateTime($0).literal }
        case .date: number(Int32.self).map { PostgresTime.date($0).literal }
        case .time: number(Int64.self).flatMap { TimeOfDay(microseconds: $0)?.literal }
        case .timetz: timeWithOffset()
        case .interval: interval()
        case .numeric: numeric()
        case .range: range(of: elementOID)
        case .array, .other: nil
        }
    }

    // MARK: Lists

    /// The elements of a list, with nil for NULL; nil when it has more than one dimension, or begins elsewhere than at 1.
    ///
    /// The form is that of `array_send`: dimensions, whether there are NULLs, the elements' type, count, first index.
    static func elements(of bytes: UnsafeRawBufferPointer, _ type: PostgresType) -> [String?]? {
        var literal = PostgresLiteral(bytes)
        guard let dimensions = literal.number(Int32.self), literal.number(Int32.self) != nil,
            literal.number(Int32.self) != nil
        else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count = literal.number(Int32.self), literal.number(Int32.self) == 1 else {
            return nil
        }
        let innerOID = PostgresType.builtIn[type.elementOID]?.elementOID ?? 0
        var elements: [String?] = []
        for _ in 0..<count {
            switch literal.item() {
            case .null: elements.append(nil)
            case .bytes(let bytes):
                guard let text = text(of: bytes, type.elementFormat, elementOID: innerOID) else { return nil }
                elements.append(text)
            case nil: return nil
            }
        }
        return elements
    }

    private enum Item {
        case null
        case bytes(UnsafeRawBufferPointer)
    }

    /// A length and as many bytes.
    private mutating func item() -> Item? {
        guard let length = number(Int32.self) else { return nil }
        if length < 0 { return .null }
        guard rest.count >= Int(length) else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(length))) }
        return .bytes(UnsafeRawBufferPointer(rebasing: rest.prefix(Int(length))))
    }

    // MARK: Ranges

    /// The form is that of `range_send`: flags, and the ends that there are.
    private mutating func range(of boundOID: UInt32) -> String? {
        guard let flags = number(UInt8.self) else { return nil }
        if flags & 0x01 != 0 { return "empty" }
        guard let lower = bound(isOpen: flags & 0x08 != 0, boundOID),
            let upper = bound(isOpen: flags & 0x10 != 0, boundOID)
        else { return nil }
        return (flags & 0x02 != 0 ? "[" : "(") + lower + "," + upper + (flags & 0x04 != 0 ? "]" : ")")
    }

    private mutating func bound(isOpen: Bool, _ oid: UInt32) -> String? {
        if isOpen { return "" }
        guard case .bytes(let bytes) = item() else { return nil }
        let format = PostgresType.builtIn[oid]?.format ?? .other
        return Self.text(of: bytes, format, elementOID: 0).map { "\"\($0)\"" }
    }

    // MARK: Numbers and times

    /// The form is that of `numeric_send`: how many digits of 10,000, the weight of the first one, the sign, and how many
    /// decimal digits stand behind the point.
    private mutating func numeric() -> String? {
        guard let count = number(Int16.self), let weight = number(Int16.self), let sign = number(UInt16.self),
            let scale = number(UInt16.self)
        else { return nil }
        switch sign {
        case 0xC000: return ExactDecimal.nan.literal
        case 0xD000: return ExactDecimal.infinity.literal
        case 0xF000: return ExactDecimal.negativeInfinity.literal
        default: break
        }
        var digits: [Int16] = []
        for _ in 0..<max(0, count) {
            guard let digit = number(Int16.self) else { return nil }
            digits.append(digit)
        }
        func group(_ place: Int) -> String {
            let index = Int(weight) - place
            let digits = digits.indices.contains(index) ? "\(digits[index])" : "0"
            return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        }
        let whole = weight >= 0 ? (0...Int(weight)).reversed().map(group).joined() : ""
        let places = (Int(scale) + 3) / 4
        let fraction = (0..<places).map { group(-1 - $0) }.joined().prefix(Int(scale))
        let text = whole.drop { $0 == "0" }
        return (sign == 0x4000 ? "-" : "") + (text.isEmpty ? "0" : text) + (fraction.isEmpty ? "" : "." + fraction)
    }

    private mutating func timeWithOffset() -> String? {
        guard let microseconds = number(Int64.self), let secondsWest = number(Int32.self),
            let time = TimeOfDay(microseconds: microseconds)
        else { return nil }
        return TimeOfDayWithOffset(time, secondsFromUTC: -secondsWest).literal
    }

    private mutating func interval() -> String? {
        guard let microseconds = number(Int64.self), let days = number(Int32.self), let months = number(Int32.self)
        else { return nil }
        return CalendarInterval(months: months, days: days, microseconds: microseconds).literal
    }

    // MARK: Bytes

    private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard rest.count >= size else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(size)) }
        return Number(bigEndian: rest.loadUnaligned(as: Number.self))
    }

    private mutating func remainder() -> [UInt8] {
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.suffix(0)) }
        return [UInt8](rest)
    }

    private mutating func string() -> String? {
        String(validating: remainder(), as: UTF8.self)
    }

    private mutating func uuid() -> String? {
        let bytes = remainder()
        guard bytes.count == 16 else { return nil }
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)).literal }
    }
}

/// How PostgreSQL counts days and times: from 2000-01-01, with the ends of the range for infinity.
enum PostgresTime {
    /// The days from 1970 to 2000.
    private static let epoch: Int32 = 10_957
    private static let day: Int64 = 86_400_000_000

    static func date(_ days: Int32) -> CalendarDate {
        if days == .max || days == .min { return CalendarDate(daysSince1970: days) }
        return CalendarDate(daysSince1970: days + epoch)
    }

    static func localDateTime(_ microseconds: Int64) -> LocalDateTime {
        if microseconds == .max { return .infinity }
        if microseconds == .min { return .negativeInfinity }
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: day)
        let days = Int32(truncatingIfNeeded: remainder < 0 ? quotient - 1 : quotient)
        let time = TimeOfDay(microseconds: remainder < 0 ? remainder + day : remainder)
        return time.map { LocalDateTime(date(days), $0) } ?? LocalDateTime(date(days))
    }
}
