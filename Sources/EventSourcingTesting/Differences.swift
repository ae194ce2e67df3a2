import EventSourcing

extension RecordedEvent {
    /// In which attributes the event as it was stored differs from the event as it was saved, in words.
    func differences(from saved: Event<Columns>) -> [String] {
        var found: [String] = []
        func compare(_ attribute: String, _ got: String?, _ expected: String?) {
            if !got.hasSameBytes(as: expected) {
                found.append("\(attribute): expected \(escaped(expected)), got \(escaped(got))")
            }
        }
        func compare<Value: Equatable>(_ attribute: String, _ got: Value, _ expected: Value) {
            if got != expected {
                found.append("\(attribute): expected \(abbreviated(expected)), got \(abbreviated(got))")
            }
        }
        compare("id", event.id, saved.id)
        compare("type", event.type, saved.type)
        compare("source", event.source, saved.source)
        compare("subject", event.subject, saved.subject)
        compare("time", event.time, saved.time ?? recordedAt)
        compare("data", event.data, saved.data)
        compare("datacontenttype", event.dataContentType, saved.dataContentType)
        compare("dataschema", event.dataSchema, saved.dataSchema)
        compare("specversion", event.specVersion, saved.specVersion)
        compare("extensions", event.extensions, saved.extensions)
        compare("correlationid", event.correlationID, saved.correlationID)
        compare("causationid", event.causationID, saved.causationID)
        compare("columns", event.columns, saved.columns)
        return found
    }
}

/// A text in ASCII, so that a message shows in which bytes two texts differ that look the same.
func escaped(_ text: String?) -> String {
    guard let text else { return "nil" }
    return abbreviated("\"" + text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\"")
}
