import NIOCore

/// What a client has sent before the server answered, which is little, and can be sent again to another server.
struct Opening {
    /// Nil when it is not known any more.
    private(set) var bytes: ByteBuffer? = ByteBuffer()
    /// A message that begins a connection is shorter than this, in PostgreSQL's server too.
    private static let limit = 65_536
    /// The code in the place of a protocol version, see
    /// <https://www.postgresql.org/docs/current/protocol-message-formats.html>.
    private static let cancelRequest: Int32 = 80_877_102

    mutating func append(_ part: ByteBuffer) {
        guard let count = bytes?.readableBytes else { return }
        guard count + part.readableBytes <= Self.limit else { return forget() }
        bytes?.writeImmutableBuffer(part)
    }

    /// The server has answered.
    mutating func forget() {
        bytes = nil
    }

    /// Whether anything has been sent.
    var isBegun: Bool { bytes.map { $0.readableBytes > 0 } ?? true }

    /// Whether the client only asks to cancel a statement, and expects no answer.
    var isCancellation: Bool {
        guard let bytes else { return false }
        return bytes.getInteger(at: bytes.readerIndex + 4, as: Int32.self) == Self.cancelRequest
    }
}

/// The error of a server that ends a connection.
///
/// See <https://www.postgresql.org/docs/current/protocol-error-fields.html>.
enum ErrorResponse {
    static func write(_ message: String, to buffer: inout ByteBuffer) {
        let fields = [("S", "FATAL"), ("V", "FATAL"), ("C", "08001"), ("M", message)]
        var body = ByteBuffer()
        for (type, text) in fields {
            body.writeString(type)
            body.writeString(text.filter { $0 != "\0" })
            body.writeInteger(UInt8(0))
        }
        body.writeInteger(UInt8(0))
        buffer.writeString("E")
        buffer.writeInteger(Int32(body.readableBytes + 4))
        buffer.writeBuffer(&body)
    }
}
