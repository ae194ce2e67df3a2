/// What an event carries: JSON or bytes, as CloudEvents' `data` and `data_base64`.
public enum EventData: Hashable, Sendable {
    /// JSON, kept byte for byte.
    case json(JSON)
    /// Any bytes.
    case binary([UInt8])

    /// The JSON, or nil when the data is bytes.
    public var json: JSON? {
        if case .json(let json) = self { json } else { nil }
    }

    /// The bytes, or nil when the data is JSON.
    public var binary: [UInt8]? {
        if case .binary(let bytes) = self { bytes } else { nil }
    }
}

extension EventData {
    /// Joins the two columns of a row, of which at most one is not NULL; nil when both are.
    @inlinable
    public init?(json: JSON?, binary: [UInt8]?) {
        if let json {
            self = .json(json)
        } else if let binary {
            self = .binary(binary)
        } else {
            return nil
        }
    }
}
