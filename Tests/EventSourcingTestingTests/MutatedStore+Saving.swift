import EventSourcing
import Foundation

extension MutatedStore {
    func save(
        _ events: [Event<TenantColumns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) async throws -> SaveResult {
        let events = events.map(kept)
        let aggregateID = kept(aggregateID)
        var expectedVersion = expectedVersion
        switch mutation {
        case .forgetsTheExpectation: expectedVersion = .any
        case .neverChecksAnEmptySave where events.isEmpty: expectedVersion = .any
        case .judgesTheExpectationFirst: try await check(expectedVersion, of: aggregateID)
        case .checksBeforeItWrites:
            try await check(expectedVersion, of: aggregateID)
            try await Task.sleep(for: .milliseconds(1))
            expectedVersion = .any
        case .failsAnyInARace where expectedVersion == .any, .failsExistsInARace where expectedVersion == .exists:
            expectedVersion = .exact(try await store.version(of: aggregateID))
            try await Task.sleep(for: .milliseconds(1))
        case .sharesIDsBetweenStreams: try claimIDs(of: events, for: aggregateID)
        case .splitsLargeSaves where events.count > 1000:
            for start in stride(from: 0, to: events.count - 1000, by: 1000) {
                try await store.save(Array(events[start..<start + 1000]), for: aggregateID)
            }
        default: break
        }
        do {
            let result = try await store.save(events, for: aggregateID, expectedVersion: expectedVersion)
            return try await answered(result, saving: events, for: aggregateID)
        } catch {
            return try await answered(error, saving: events, for: aggregateID)
        }
    }

    func saveEach(
        _ appends: [StreamAppend<TenantColumns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        let isStopping =
            switch mutation {
            case .stopsAtTheFirstFailure: true
            case .goesOnAfterTheFirstFailure: false
            default: stoppingAtFailure
            }
        return try await store.saveEach(appends, stoppingAtFailure: isStopping)
    }

    // MARK: What the caller is told

    private func answered(
        _ result: SaveResult, saving events: [Event<TenantColumns>], for aggregateID: String
    ) async throws -> SaveResult {
        switch mutation {
        case .reusesPositions:
            return SaveResult(
                version: result.version, positions: events.indices.map { result.version - events.count + 1 + $0 },
                wasAlreadySaved: result.wasAlreadySaved)
        case .writesRetriesTwice where result.wasAlreadySaved:
            let copies = events.map { event in
                var copy = event
                copy.id = Event<TenantColumns>.makeID()
                return copy
            }
            return try await store.save(copies, for: aggregateID)
        default: return result
        }
    }

    private func answered(
        _ error: any Error, saving events: [Event<TenantColumns>], for aggregateID: String
    ) async throws -> SaveResult {
        switch (mutation, error) {
        case (.reportsTheExpectedVersionAsTheActualOne, let error as ConcurrencyError):
            guard case .exact(let version) = error.expected else { throw error }
            throw ConcurrencyError(aggregateID: aggregateID, expected: error.expected, actual: version)
        case (.keepsPartOfARefusedSave, is ConcurrencyError):
            try await store.save(Array(events.prefix(1)), for: aggregateID)
            throw error
        case (.takesOtherContentForARetry, let error as DuplicateEventError) where error.code == .differentContent:
            return SaveResult(version: 0, positions: [], wasAlreadySaved: true)
        case (.savesTheRestOfAKnownSave, let error as DuplicateEventError) where error.code == .partlySaved:
            let known = Set(try await store.load(aggregateID).map(\.event.id))
            return try await store.save(events.filter { !known.contains($0.id) }, for: aggregateID)
        default: throw error
        }
    }

    private func check(_ expectedVersion: ExpectedVersion, of aggregateID: String) async throws {
        let version = try await store.version(of: aggregateID)
        guard expectedVersion.accepts(version) else {
            throw ConcurrencyError(aggregateID: aggregateID, expected: expectedVersion, actual: version)
        }
    }

    private func claimIDs(of events: [Event<TenantColumns>], for aggregateID: String) throws {
        for event in events {
            guard streamsOfIDs[event.id, default: aggregateID] == aggregateID else {
                throw DuplicateEventError(.differentContent, aggregateID: aggregateID, eventID: event.id)
            }
            streamsOfIDs[event.id] = aggregateID
        }
    }

    // MARK: What is kept

    /// What the store makes of an aggregate id.
    func kept(_ aggregateID: String) -> String {
        switch mutation {
        case .normalisesIDs: aggregateID.precomposedStringWithCanonicalMapping
        case .endsIDsAtNull: String(aggregateID.prefix { $0 != "\0" })
        default: aggregateID
        }
    }

    /// What the store makes of an event.
    private func kept(_ event: Event<TenantColumns>) -> Event<TenantColumns> {
        var event = event
        switch mutation {
        case .encodesJSONAgain: event.data = event.data?.encodedAgain
        case .takesEmptyBytesForNone where event.data == .binary([]): event.data = nil
        case .refusesLargeData where (event.data?.json?.bytes.count ?? 0) > 8_000_000: event.id = ""
        case .forgetsWhenItRecorded: event.time = event.time ?? Instant.now().rounded(to: 1_000_000)
        case .clampsTimes: event.time = event.time?.clamped
        case .dropsMicroseconds: event.time = event.time?.rounded(to: 1000)
        case .truncatesFineTimes: event.time = event.time?.truncatedToMicroseconds
        case .cleansSubjects: event.subject?.removeAll { $0 == "\0" }
        case .takesAnySpecVersion: event.specVersion = "1.0"
        case .leavesOutOddExtensions:
            event.extensions = event.extensions.filter { $0.key.allSatisfy(\.isLowercase) && $0.key != "id" }
        case .trimsSubjects: event.subject = event.subject?.trimmingCharacters(in: .whitespaces)
        case .cutsLongSubjects: event.subject = event.subject.map { String($0.prefix(512)) }
        case .writesExtensionsAsText: event.extensions = event.extensions.mapValues(\.asText)
        default: break
        }
        return event
    }
}

extension EventData {
    /// The same JSON as another encoder writes it, where there is one that can read it.
    fileprivate var encodedAgain: EventData {
        guard case .json(let json) = self,
            let value = try? JSONSerialization.jsonObject(with: Data(json.bytes), options: .fragmentsAllowed),
            let data = try? JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
        else { return self }
        return .json(JSON(uncheckedBytes: [UInt8](data)))
    }
}

extension Instant {
    /// The nearest instant that can be kept.
    fileprivate var clamped: Instant {
        max(Instant.representable.lowerBound, min(self, Instant(microsecondsSince1970: 253_402_300_799_999_999)))
    }
}

extension ExtensionValue {
    fileprivate var asText: ExtensionValue {
        switch self {
        case .string(let text): .string(text)
        case .integer(let number): .string(String(number))
        case .boolean(let bool): .string(String(bool))
        }
    }
}
