import JSONText

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CloudEventMessage {
    /// Reads a message in the JSON format (CloudEvents 1.0, JSON Event Format, section 3).
    ///
    /// A member that is null counts as absent. A time finer than a microsecond is cut, and `isTimeTruncated` says so.
    ///
    /// - Throws: ``CloudEventError`` that names the member, ``InvalidJSONError`` for a text that is not JSON.
    public init(parsing bytes: [UInt8]) throws {
        self = try bytes.withUnsafeBufferPointer { buffer in try CloudEventMessage(parsing: buffer) }
    }

    package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws {
        var parser = CloudEventParser(bytes)
        do {
            try parser.parse()
        } catch let error as JSONError where error.code == .loneSurrogate {
            // Valid JSON, but no text that an attribute could have.
            throw CloudEventError(parser.member, error.reason)
        } catch let error as JSONError {
            throw InvalidJSONError(offset: error.offset, reason: error.reason)
        }
        self = try parser.message()
    }
}

/// Collects the members of a message, in whatever order they come.
private struct CloudEventParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var scanner: JSONScanner

    /// The member that is being read; nil before the first.
    private(set) var member: String?

    private var id: String?
    private var type: String?
    private var source: String?
    private var specVersion: String?
    private var subject: String?
    private var time: (instant: Instant, isTruncated: Bool)?
    private var dataContentType: String?
    private var dataSchema: String?
    private var correlationID: String?
    private var causationID: String?
    private var aggregateID: String?
    private var data: JSON?
    private var binary: [UInt8]?
    private var extensions: [String: ExtensionValue] = [:]

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        scanner = JSONScanner(bytes)
    }

    mutating func parse() throws {
        scanner.skipWhitespace()
        guard scanner.peeked == UInt8(ascii: "{") else {
            // Whether the text is JSON at all is the better message.
            try scanner.skipValue()
            throw CloudEventError(nil, "a CloudEvent is a JSON object")
        }
        try scanner.enter(UInt8(ascii: "{"))
        var isFirst = true
        while let key = try scanner.nextKey(isFirst: isFirst) {
            isFirst = false
            try parseMember(key)
        }
        try scanner.expectEnd()
    }

    private mutating func parseMember(_ key: String) throws {
        member = key
        if key != "data", scanner.peeked == UInt8(ascii: "n") {
            try scanner.skipValue()
            return
        }
        switch key {
        case "id": id = try parseText(key, after: id)
        case "type": type = try parseText(key, after: type)
        case "source": source = try parseText(key, after: source)
        case "specversion": specVersion = try parseText(key, after: specVersion)
        case "subject": subject = try parseText(key, after: subject)
        case "datacontenttype": dataContentType = try parseText(key, after: dataContentType)
        case "dataschema": dataSchema = try parseText(key, after: dataSchema)
        case "correlationid": correlationID = try parseText(key, after: correlationID)
        case "causationid": causationID = try parseText(key, after: causationID)
        case "aggregateid": aggregateID = try parseText(key, after: aggregateID)
        case "time": try parseTime()
        case "data":
            try refuseSecond(key, data)
            data = JSON(uncheckedBytes: [UInt8](bytes[try scanner.skipValue()]))
        case "data_base64": try parseBinary()
        default:
            try refuseSecond(key, extensions[key])
            extensions[key] = try parseExtension(key)
        }
    }

    private mutating func parseText(_ key: String, after earlier: String? = nil) throws -> String {
        try refuseSecond(key, earlier)
        guard scanner.peeked == UInt8(ascii: "\"") else {
            throw CloudEventError(key, "must be a text, not \(try skippedValue())")
        }
        return try scanner.readString()
    }

    private mutating func parseTime() throws {
        try refuseSecond("time", time)
        let text = try parseText("time")
        guard let parsed = Instant.parse(text) else {
            throw CloudEventError("time", "\"\(text.prefix(40))\" is not a time such as 2011-10-01T00:38:44.546+02:00")
        }
        let instant = parsed.instant.truncatedToMicroseconds
        time = (instant, parsed.isTruncated || instant != parsed.instant)
    }

    private mutating func parseBinary() throws {
        try refuseSecond("data_base64", binary)
        guard let decoded = Data(base64Encoded: try parseText("data_base64")) else {
            throw CloudEventError("data_base64", "is not base 64 (RFC 4648, section 4)")
        }
        binary = [UInt8](decoded)
    }

    private mutating func parseExtension(_ key: String) throws -> ExtensionValue {
        switch scanner.peeked {
        case UInt8(ascii: "\""): return .string(try parseText(key))
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            return .boolean(try skippedValue() == "true")
        default:
            let text = try skippedValue()
            guard let number = Int32(text) else {
                throw CloudEventError(
                    key, "an extension is text, a whole number of 32 bits, true or false, not \(text)")
            }
            return .integer(number)
        }
    }

    /// Reads past a value and returns as much of it as fits into a message.
    private mutating func skippedValue() throws(JSONError) -> Substring {
        let range = try scanner.skipValue()
        return scanner.text(of: range).prefix(40)
    }

    private func refuseSecond(_ key: String, _ value: Any?) throws {
        if value != nil { throw CloudEventError(key, "stands there twice") }
    }

    func message() throws -> CloudEventMessage {
        if data != nil, binary != nil {
            throw CloudEventError("data_base64", "stands beside data, and an event has at most one of them")
        }
        let specVersion = try required("specversion", specVersion)
        guard specVersion == "1.0" else {
            throw CloudEventError("specversion", "is \"\(specVersion.prefix(40))\", and only 1.0 is known")
        }
        let event = Event(
            id: try required("id", id), type: try required("type", type), source: try required("source", source),
            subject: subject, time: time?.instant, data: EventData(json: data, binary: binary),
            dataContentType: dataContentType, dataSchema: dataSchema, extensions: extensions,
            correlationID: correlationID, causationID: causationID)
        return CloudEventMessage(event: event, aggregateID: aggregateID, isTimeTruncated: time?.isTruncated ?? false)
    }

    private func required(_ key: String, _ value: String?) throws -> String {
        guard let value, !value.isEmpty else { throw CloudEventError(key, "is missing") }
        return value
    }
}
