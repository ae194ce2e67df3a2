#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Refuses what a store cannot keep, before anything is written: one rule book for every store.
package enum EventValidator {
    /// How many bytes of UTF-8 an id or a text attribute may have.
    package static let maximumTextLength = 1024

    /// Checks an aggregate id and the events for it.
    package static func check<Columns>(_ events: [Event<Columns>], for aggregateID: String) throws {
        try check(text: aggregateID, attribute: "aggregate_id")
        // By index, because an iterator of a generic element costs more than the check itself.
        for index in 0..<events.count {
            do throws(InvalidEventError) {
                try check(events[index].shared)
            } catch {
                // The place is added here, so that the rules below need not carry it along.
                throw InvalidEventError(
                    error.code, attribute: error.attribute, index: index, eventID: events[index].id,
                    message: error.message)
            }
        }
    }

    /// Checks a snapshot, but not against its stream.
    package static func check(_ snapshot: Snapshot) throws {
        try check(text: snapshot.aggregateID, attribute: "aggregate_id")
        try check(text: snapshot.aggregateType, attribute: "aggregate_type")
        try check(optionalText: snapshot.stateSchema, attribute: "state_schema")
        try check(time: snapshot.recordedAt, attribute: "recorded_at")
        guard snapshot.version > 0 else {
            throw SnapshotError(
                .invalidVersion, aggregateID: snapshot.aggregateID, version: snapshot.version, streamVersion: 0)
        }
    }

    /// Checks the name of a reader of the feed.
    package static func check(reader: String) throws {
        try check(text: reader, attribute: "reader")
    }

    private static func check(_ event: SharedAttributes) throws(InvalidEventError) {
        try check(text: event.id, attribute: "id")
        try check(text: event.stated.type, attribute: "type")
        try check(text: event.stated.source, attribute: "source")
        try check(optionalText: event.stated.subject, attribute: "subject")
        try check(optionalText: event.stated.dataContentType, attribute: "datacontenttype")
        try check(optionalText: event.stated.dataSchema, attribute: "dataschema")
        try check(optionalText: event.stated.correlationID, attribute: "correlationid")
        try check(optionalText: event.stated.causationID, attribute: "causationid")
        if event.stated.specVersion != "1.0" {
            throw InvalidEventError(
                .invalidValue, attribute: "specversion", message: "only version 1.0 of CloudEvents is known")
        }
        if let time = event.stated.time { try check(time: time, attribute: "time") }
        for (name, value) in event.stated.extensions { try checkExtension(name, value) }
    }

    private static func check(optionalText text: String?, attribute: String) throws(InvalidEventError) {
        if let text { try check(text: text, attribute: attribute) }
    }

    private static func check(text: String, attribute: String, mayBeEmpty: Bool = false) throws(InvalidEventError) {
        var text = text
        let code = text.withUTF8 { bytes -> InvalidEventError.Code? in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return mayBeEmpty ? nil : .missing }
            if bytes.count > maximumTextLength { return .tooLong }
            return memchr(start, 0, bytes.count) == nil ? nil : .containsNull
        }
        switch code {
        case nil: return
        case .missing: throw InvalidEventError(.missing, attribute: attribute, message: "may not be empty")
        case .tooLong:
            throw InvalidEventError(
                .tooLong, attribute: attribute,
                message: "has \(text.utf8.count) bytes of UTF-8, and \(maximumTextLength) are allowed")
        default: throw InvalidEventError(.containsNull, attribute: attribute, message: "may not contain U+0000")
        }
    }

    private static func check(time: Instant, attribute: String) throws(InvalidEventError) {
        guard Instant.representable.contains(time) else {
            throw InvalidEventError(
                .timeOutOfRange, attribute: attribute, message: "must be in the years 0000 to 9999")
        }
        guard time.isWholeMicroseconds else {
            throw InvalidEventError(
                .timeTooFine, attribute: attribute,
                message: "\(time) is finer than a microsecond; use truncatedToMicroseconds to drop the rest")
        }
    }

    private static func checkExtension(_ name: String, _ value: ExtensionValue) throws(InvalidEventError) {
        guard !name.isEmpty, name.utf8.allSatisfy(isLowerCaseLetterOrDigit), name.utf8.count <= maximumTextLength
        else {
            throw InvalidEventError(
                .invalidExtensionName, attribute: name,
                message: "the name of an extension has only lower-case letters and digits")
        }
        guard !reservedNames.contains(name) else {
            throw InvalidEventError(
                .invalidExtensionName, attribute: name, message: "is an attribute of its own, not an extension")
        }
        if case .string(let text) = value { try check(text: text, attribute: name, mayBeEmpty: true) }
    }

    private static func isLowerCaseLetterOrDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    /// The members of a CloudEvents message in JSON that are no extensions here.
    package static let reservedNames: Set<String> = [
        "id", "type", "source", "subject", "time", "data", "datacontenttype", "dataschema", "specversion",
        "correlationid", "causationid", "aggregateid",
    ]
}
