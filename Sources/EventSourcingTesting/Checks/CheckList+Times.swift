import EventSourcing

extension CheckList {
    /// Which times are kept, and how.
    mutating func addTimes() {
        add("A time is kept to the microsecond, from the year 0000 to the year 9999") { bench in
            let microseconds: [Int64] = [
                -62_167_219_200_000_000, -62_135_596_800_000_001, -2_208_988_800_000_000, -1_000_001, -1_000_000,
                -999_999, -1, 0, 1, 999_999, 1_700_000_000_000_000, 1_700_000_000_123_456, 2_147_483_647_999_999,
                2_147_483_648_000_001, 4_102_444_800_000_007, 253_402_300_799_999_999,
            ]
            let events = microseconds.map { time in
                bench.event("at \(time)") { $0.time = Instant(microsecondsSince1970: time) }
            }
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
        }
        add("A time is an instant, whatever offset it was written with") { bench in
            let texts = ["2011-10-01T00:38:44.546+02:00", "2011-09-30T22:38:44.546Z", "2011-09-30T12:38:44.546-10:00"]
            let times = try texts.map { try expectValue("the time \($0)", Instant($0)) }
            let event = bench.event("event-1") { $0.time = times[0] }
            try await bench.store.save([event], for: "order-1")
            for time in times {
                let again = bench.event("event-1") { $0.time = time }
                let result = try await bench.store.save([again], for: "order-1")
                try expect(result.wasAlreadySaved, "the same instant with another offset is taken for another time")
                try await bench.expectStream("order-1", is: [again])
            }
        }
        add("An event without a time happened when it was recorded") { bench in
            try await bench.store.save([bench.event("event-1"), bench.event("event-2")], for: "order-1")
            for _ in 1...2 {
                for event in try await bench.store.load("order-1") {
                    try expect("the time of \(event.event.id)", event.event.time, is: event.recordedAt)
                    try expect(event.recordedAt.isWholeMicroseconds, "\(event.recordedAt) has nanoseconds")
                    try expect(
                        event.recordedAt.microsecondsSince1970 > 1_600_000_000_000_000,
                        "\(event.recordedAt) is no present time")
                }
            }
        }
        add("A time finer than a microsecond is refused") { bench in
            for nanoseconds: UInt16 in [1, 500, 999] {
                let event = bench.event("event-2") {
                    $0.time = Instant(microsecondsSince1970: 1_700_000_000_123_456, nanosecondsLeft: nanoseconds)
                }
                try await bench.expectInvalid(.timeTooFine, "time", at: 1, saving: [bench.event("event-1"), event])
            }
        }
        add("A time outside the years 0000 to 9999 is refused") { bench in
            for time in [-62_167_219_200_000_001, 253_402_300_800_000_000, .min, Int64.max] {
                let event = bench.event("event-1") { $0.time = Instant(microsecondsSince1970: time) }
                try await bench.expectInvalid(.timeOutOfRange, "time", at: 0, saving: [event])
            }
        }
    }
}
