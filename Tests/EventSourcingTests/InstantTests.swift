import EventSourcing
import Foundation
import Testing

@Suite("An instant")
struct InstantTests {
    @Test(
        "reads RFC 3339, whatever the offset",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2011-10-01T00:38:44.546+02:00", 1_317_422_324_546_000),
            ("2011-09-30T22:38:44.546Z", 1_317_422_324_546_000),
            ("2011-09-30t22:38:44.546z", 1_317_422_324_546_000),
            ("2011-09-30 22:38:44.546-00:00", 1_317_422_324_546_000),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("2000-02-29T12:00:00.5Z", 951_825_600_500_000),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("1900-03-01T00:00:00.000000000+23:59", -2_203_977_540_000_000),
        ] as [(String, Int64)])
    func parsing(text: String, microseconds: Int64) {
        #expect(Instant(text) == Instant(microsecondsSince1970: microseconds))
    }

    @Test(
        "does not read what RFC 3339 does not have",
        arguments: [
            "", "2011-10-01", "2011-10-01T00:38:44", "2011-10-01T00:38Z", "2011-10-01T24:00:00Z",
            "2011-10-01T00:60:00Z", "2011-12-31T23:59:60Z", "2011-13-01T00:00:00Z", "2011-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "2011-10-00T00:00:00Z", "2011-10-01T00:38:44.Z", "2011-10-01T00:38:44+2:00",
            "2011-10-01T00:38:44+24:00", "2011-10-01T00:38:44Zx", " 2011-10-01T00:38:44Z", "11-10-01T00:38:44Z",
            "2011-10-01T00:38:44.1234567891Z", "-001-10-01T00:38:44Z", "２011-10-01T00:38:44Z",
        ])
    func refusing(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("writes UTC with as many digits as it needs, in threes")
    func writing() {
        #expect(Instant(microsecondsSince1970: 0).description == "1970-01-01T00:00:00Z")
        #expect(Instant(microsecondsSince1970: -1).description == "1969-12-31T23:59:59.999999Z")
        #expect(Instant(microsecondsSince1970: 1_500_000).description == "1970-01-01T00:00:01.500Z")
        #expect(Instant(microsecondsSince1970: 1, nanosecondsLeft: 7).description == "1970-01-01T00:00:00.000001007Z")
    }

    @Test("comes back from its text, for every day of 10,000 years")
    func roundTrip() {
        let first = Instant.representable.lowerBound.microsecondsSince1970
        for day in stride(from: 0, to: 3_652_425, by: 7) {
            let instant = Instant(microsecondsSince1970: first + Int64(day) * 86_400_000_000 + 1_234_567)
            #expect(Instant(instant.description) == instant)
        }
    }

    @Test("is the date that Foundation knows by the same text")
    func foundation() throws {
        for seconds in stride(from: -6_000_000_000, to: 6_000_000_000, by: 123_456_789) {
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(Instant(date).description == date.formatted(.iso8601))
            #expect(Instant(date).date == date)
        }
    }

    @Test("tells nanoseconds apart, and drops them only when asked")
    func nanoseconds() throws {
        let fine = try #require(Instant("1969-12-31T23:59:59.123456789Z"))
        #expect(!fine.isWholeMicroseconds)
        #expect(fine.truncatedToMicroseconds == Instant("1969-12-31T23:59:59.123456Z"))
        #expect(fine > fine.truncatedToMicroseconds)
        #expect(Instant(microsecondsSince1970: 1, nanosecondsLeft: 2500).nanosecondsLeft == 500)
        #expect(Instant(microsecondsSince1970: 1, nanosecondsLeft: 2500).microsecondsSince1970 == 3)
    }
}
