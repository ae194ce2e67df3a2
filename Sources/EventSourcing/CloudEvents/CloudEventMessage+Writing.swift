package import JSONText

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CloudEventMessage {
    /// The message as one line of JSON, without the line's end (CloudEvents 1.0, JSON Event Format, section 3).
    ///
    /// White space in `data` that would break the line is the only thing that changes: a line break becomes a blank.
    public var line: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 512)
        write(to: &writer)
        return writer.bytes
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("specversion", event.specVersion)
            writer.member("id", event.id)
            writer.member("source", event.source)
            writer.member("type", event.type)
            writer.member("subject", event.subject)
            writer.member("time", event.time?.description)
            writer.member("datacontenttype", event.dataContentType)
            writer.member("dataschema", event.dataSchema)
            writer.member("correlationid", event.correlationID)
            writer.member("causationid", event.causationID)
            writer.member("aggregateid", aggregateID)
            for (name, value) in event.extensions.sorted(by: { $0.key < $1.key }) {
                writer.key(name)
                value.write(to: &writer)
            }
            switch event.data {
            case .json(let json):
                writer.key("data")
                // Inside a string a line break is escaped, so every raw one is white space between tokens.
                json.withBytes { bytes in writer.raw(bytes.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }) }
            case .binary(let bytes): writer.member("data_base64", Data(bytes).base64EncodedString())
            case nil: break
            }
        }
    }
}
