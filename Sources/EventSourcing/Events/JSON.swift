import JSONText

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A JSON text (RFC 8259) that is known to be valid and is kept byte for byte.
///
/// Numbers that a double cannot hold, `\u0000`, lone surrogate escapes, duplicate keys and white space all stay as they
/// were written. At most 512 arrays and objects may stand inside each other.
///
/// ```swift
/// let raw = try JSON(#"{"total": 20.00}"#)
/// let encoded = try JSON(encoding: OrderPlaced(total: 20))
/// ```
public struct JSON: Hashable, Sendable {
    @usableFromInline
    enum Storage: Sendable {
        case bytes([UInt8])
        /// The data of an event that was loaded, in the memory of that.
        case data(SharedAttributes)
    }

    @usableFromInline let storage: Storage

    /// The data of an event that has it behind its attributes.
    @inlinable
    init(of attributes: SharedAttributes) {
        storage = .data(attributes)
    }

    /// The text in UTF-8; of an event that was loaded it is a copy, which ``withBytes(_:)`` does not make.
    @inlinable
    public var bytes: [UInt8] {
        switch storage {
        case .bytes(let bytes): bytes
        case .data(let attributes): attributes.withJSON { [UInt8]($0) }
        }
    }

    /// Calls a closure with the text in UTF-8, which is valid inside of it only.
    ///
    /// - Throws: what the closure throws.
    @inlinable
    public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        switch storage {
        case .bytes(let bytes): try bytes.withUnsafeBufferPointer(body)
        case .data(let attributes): try attributes.withJSON(body)
        }
    }

    /// Takes bytes that are valid JSON already because a store or an encoder wrote them; nothing is checked.
    @inlinable
    public init(uncheckedBytes bytes: [UInt8]) {
        storage = .bytes(bytes)
    }

    /// Checks bytes against RFC 8259 and keeps them.
    ///
    /// - Throws: ``InvalidJSONError`` with the offset of the first byte that breaks a rule.
    public init(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONError) {
                var scanner = JSONScanner(buffer)
                try scanner.skipValue()
                try scanner.expectEnd()
            } catch {
                throw InvalidJSONError(offset: error.offset, reason: error.reason)
            }
        }
        storage = .bytes(bytes)
    }

    /// Checks a text against RFC 8259 and keeps it.
    ///
    /// - Throws: ``InvalidJSONError`` with the offset of the first byte that breaks a rule.
    public init(_ text: String) throws {
        try self.init(Array(text.utf8))
    }

    /// Encodes a value.
    ///
    /// - Throws: what the encoder throws.
    public init(encoding value: some Encodable, with encoder: JSONEncoder = JSONEncoder()) throws {
        self.init(uncheckedBytes: [UInt8](try encoder.encode(value)))
    }

    /// Decodes a value.
    ///
    /// - Throws: what the decoder throws.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, with decoder: JSONDecoder = JSONDecoder()
    ) throws -> Value {
        try decoder.decode(type, from: withBytes { Data($0) })
    }

    /// The text as a string.
    public var text: String {
        withBytes { String(decoding: $0, as: UTF8.self) }
    }
}

extension JSON {
    /// Two texts are equal when their bytes are.
    public static func == (left: JSON, right: JSON) -> Bool {
        left.withBytes { left in
            right.withBytes { right in left.count == right.count && left.elementsEqual(right) }
        }
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        withBytes { bytes in
            hasher.combine(bytes.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }
}

extension JSON: CustomStringConvertible {
    /// The text itself.
    public var description: String { text }
}
