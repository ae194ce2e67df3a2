/// The attributes of an event, which never change, with the texts of one that was loaded behind them.
///
/// There are more attributes than are passed on quickly: an event that is copied, into an array or out of it, costs one
/// reference in this way and not a dozen. The id and the JSON of an event that was loaded are its own, unlike its type or
/// its source; in the same piece of memory they cost no allocations, of which a replay would make two for each event.
///
/// `ManagedBuffer` is not Sendable, because somebody could write to it; here nobody does after the initializer, and only
/// this type has the buffer.
@usableFromInline
package struct SharedAttributes: @unchecked Sendable {
    /// What stands before the texts.
    @usableFromInline
    package struct Header {
        /// The attributes; without the id and the data when those stand behind them, which the count of the JSON says.
        @usableFromInline let stated: EventAttributes
        /// How many bytes the id has behind them.
        @usableFromInline let idCount: Int
        /// How many bytes the JSON has behind the id; 0 when nothing stands there.
        @usableFromInline let jsonCount: Int
    }

    @usableFromInline let memory: ManagedBuffer<Header, UInt8>

    @usableFromInline var stated: EventAttributes {
        @inlinable get { memory.header.stated }
    }

    /// Keeps the attributes that somebody has given.
    @usableFromInline
    package init(
        id: String, type: String, source: String, subject: String?, time: Instant?, data: EventData?,
        dataContentType: String?, dataSchema: String?, specVersion: String, extensions: [String: ExtensionValue],
        correlationID: String?, causationID: String?
    ) {
        // Made where they stay; as an argument they would be made elsewhere, and copied.
        memory = ManagedBuffer<Header, UInt8>.create(minimumCapacity: 0) { _ in
            Header(
                stated: EventAttributes(
                    id: id, type: type, source: source, subject: subject, time: time, data: data,
                    dataContentType: dataContentType, dataSchema: dataSchema, specVersion: specVersion,
                    extensions: extensions, correlationID: correlationID, causationID: causationID),
                idCount: 0, jsonCount: 0)
        }
    }

    init(_ attributes: EventAttributes) {
        memory = ManagedBuffer<Header, UInt8>.create(minimumCapacity: 0) { _ in
            Header(stated: attributes, idCount: 0, jsonCount: 0)
        }
    }

    /// Keeps the attributes of an event that was loaded.
    ///
    /// - Parameters:
    ///   - id: UTF-8, which is copied.
    ///   - json: JSON, which is copied.
    @usableFromInline
    package init(
        id: UnsafeBufferPointer<UInt8>, type: String, source: String, subject: String?, time: Instant?,
        json: UnsafeBufferPointer<UInt8>, dataContentType: String?, dataSchema: String?, specVersion: String,
        extensions: [String: ExtensionValue], correlationID: String?, causationID: String?
    ) {
        guard !json.isEmpty else {
            // An empty text is no JSON, but a table without a check may hold one.
            self.init(
                id: String(decoding: id, as: UTF8.self), type: type, source: source, subject: subject, time: time,
                data: .json(JSON(uncheckedBytes: [])), dataContentType: dataContentType, dataSchema: dataSchema,
                specVersion: specVersion, extensions: extensions, correlationID: correlationID,
                causationID: causationID)
            return
        }
        let memory = ManagedBuffer<Header, UInt8>.create(minimumCapacity: id.count + json.count) { _ in
            Header(
                stated: EventAttributes(
                    id: "", type: type, source: source, subject: subject, time: time, data: nil,
                    dataContentType: dataContentType, dataSchema: dataSchema, specVersion: specVersion,
                    extensions: extensions, correlationID: correlationID, causationID: causationID),
                idCount: id.count, jsonCount: json.count)
        }
        memory.withUnsafeMutablePointerToElements { start in
            if let bytes = id.baseAddress { start.initialize(from: bytes, count: id.count) }
            if let bytes = json.baseAddress { (start + id.count).initialize(from: bytes, count: json.count) }
        }
        self.init(memory)
    }

    private init(_ memory: ManagedBuffer<Header, UInt8>) {
        self.memory = memory
    }

    // MARK: Reading

    @inlinable package var id: String {
        memory.header.jsonCount == 0 ? stated.id : loadedID
    }

    @usableFromInline var loadedID: String {
        memory.withUnsafeMutablePointers { header, texts in
            String(decoding: UnsafeBufferPointer(start: texts, count: header.pointee.idCount), as: UTF8.self)
        }
    }

    @inlinable package var data: EventData? {
        memory.header.jsonCount == 0 ? stated.data : .json(JSON(of: self))
    }

    /// Everything, to be changed and kept anew.
    var values: EventAttributes {
        var values = stated
        values.id = id
        values.data = data
        return values
    }

    /// Calls a closure with the JSON that stands behind the attributes.
    @inlinable
    func withJSON<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try memory.withUnsafeMutablePointers { header, texts in
            try body(UnsafeBufferPointer(start: texts + header.pointee.idCount, count: header.pointee.jsonCount))
        }
    }

    /// Whether every attribute but the time is the same.
    func hasSameContent(as other: SharedAttributes) -> Bool {
        memory === other.memory || values.hasSameContent(as: other.values)
    }
}
