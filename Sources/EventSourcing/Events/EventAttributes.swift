/// The attributes of an event, whatever its columns are.
///
/// It is a type of its own so that the code which works on attributes alone is compiled once, and not for any columns,
/// which would make it ask for the layout of the event again and again.
@usableFromInline
package struct EventAttributes: Sendable {
    @usableFromInline var id: String
    @usableFromInline var type: String
    @usableFromInline var source: String
    @usableFromInline var subject: String?
    @usableFromInline var time: Instant?
    @usableFromInline var data: EventData?
    @usableFromInline var dataContentType: String?
    @usableFromInline var dataSchema: String?
    @usableFromInline var specVersion: String
    @usableFromInline var extensions: [String: ExtensionValue]
    @usableFromInline var correlationID: String?
    @usableFromInline var causationID: String?

    /// Whether every attribute but the time is the same: text by its UTF-8 bytes.
    func hasSameContent(as other: EventAttributes) -> Bool {
        id.hasSameBytes(as: other.id) && type.hasSameBytes(as: other.type) && source.hasSameBytes(as: other.source)
            && subject.hasSameBytes(as: other.subject) && data == other.data
            && dataContentType.hasSameBytes(as: other.dataContentType) && dataSchema.hasSameBytes(as: other.dataSchema)
            && specVersion.hasSameBytes(as: other.specVersion) && extensions == other.extensions
            && correlationID.hasSameBytes(as: other.correlationID) && causationID.hasSameBytes(as: other.causationID)
    }
}
