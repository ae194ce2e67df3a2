public import EventSourcing

/// How PostgreSQL keeps instants: in microseconds since 2000-01-01T00:00:00Z, with the ends of the range for infinity.
@usableFromInline
enum PostgresInstant {
    /// From 1970 to 2000.
    @usableFromInline static let epoch: Int64 = 946_684_800_000_000

    /// The instant of a timestamp; nil for an infinite one, and for one that is too late to be counted from 1970.
    @inlinable
    static func instant(_ microseconds: Int64) -> Instant? {
        guard microseconds != .min, microseconds != .max else { return nil }
        let (sum, overflow) = microseconds.addingReportingOverflow(epoch)
        return overflow ? nil : Instant(microsecondsSince1970: sum)
    }

    /// The timestamp of an instant; nil for one that is finer than a microsecond, or would be infinite.
    @inlinable
    static func microseconds(_ instant: Instant) -> Int64? {
        guard instant.isWholeMicroseconds else { return nil }
        let (difference, overflow) = instant.microsecondsSince1970.subtractingReportingOverflow(epoch)
        return overflow || difference == .min ? nil : difference
    }
}
