#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A point in time, counted from 1970-01-01T00:00:00Z and compared as such, whatever offset it was written with.
///
/// Stores keep microseconds. An instant can hold nanoseconds, so that a finer time is refused rather than altered;
/// `truncatedToMicroseconds` alters it on purpose.
public struct Instant: Hashable, Sendable {
    /// Whole microseconds since 1970, rounded down; negative before.
    public let microsecondsSince1970: Int64

    /// The nanoseconds that `microsecondsSince1970` leaves over: 0 to 999.
    public let nanosecondsLeft: UInt16

    /// Creates an instant from whole microseconds since 1970.
    @inlinable
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
        nanosecondsLeft = 0
    }

    /// Creates an instant from microseconds since 1970 and the nanoseconds beyond them.
    ///
    /// - Parameter nanosecondsLeft: 0 to 999; whatever is above is added as microseconds.
    public init(microsecondsSince1970: Int64, nanosecondsLeft: UInt16) {
        let (microseconds, overflow) = microsecondsSince1970.addingReportingOverflow(Int64(nanosecondsLeft / 1000))
        self.microsecondsSince1970 = overflow ? .max : microseconds
        self.nanosecondsLeft = nanosecondsLeft % 1000
    }

    /// The present time, rounded down to microseconds.
    public static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microsecondsSince1970: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Creates an instant from a date, rounded to the nearest microsecond: a `Date` has no exact ones.
    ///
    /// A date that is 290,000 years away or more, or none at all, becomes the nearest instant that no store keeps.
    public init(_ date: Date) {
        let microseconds = (date.timeIntervalSince1970 * 1_000_000).rounded()
        self.init(microsecondsSince1970: Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max))
    }

    /// The instant as a `Date`, as exactly as a double can say it.
    public var date: Date {
        Date(timeIntervalSince1970: Double(microsecondsSince1970) / 1_000_000)
    }

    /// Whether the instant can be kept: no nanoseconds left over.
    @inlinable
    public var isWholeMicroseconds: Bool { nanosecondsLeft == 0 }

    /// The instant without its nanoseconds.
    public var truncatedToMicroseconds: Instant {
        Instant(microsecondsSince1970: microsecondsSince1970)
    }

    /// The instants that RFC 3339 can write: the years 0000 to 9999.
    public static let representable =
        Instant(
            microsecondsSince1970: -62_167_219_200_000_000)...Instant(
            microsecondsSince1970: 253_402_300_799_999_999, nanosecondsLeft: 999)
}

extension Instant: Comparable {
    /// Whether one instant is before another.
    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool {
        (left.microsecondsSince1970, left.nanosecondsLeft) < (right.microsecondsSince1970, right.nanosecondsLeft)
    }
}
