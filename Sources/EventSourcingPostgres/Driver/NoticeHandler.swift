import CLibpq

/// Hands the notices of a connection to a closure. Without one they are dropped: libpq would print them.
final class NoticeHandler {
    private let handle: @Sendable (PostgresNotice) -> Void

    init(_ handle: @escaping @Sendable (PostgresNotice) -> Void) {
        self.handle = handle
    }

    /// Sets the receiver of a connection (PQsetNoticeReceiver); the handler must live as long as the connection.
    static func install(_ handler: NoticeHandler?, on connection: OpaquePointer) {
        let argument = handler.map { Unmanaged.passUnretained($0).toOpaque() }
        _ = PQsetNoticeReceiver(
            connection,
            { argument, result in
                guard let argument, let result else { return }
                Unmanaged<NoticeHandler>.fromOpaque(argument).takeUnretainedValue().receive(result)
            }, argument)
    }

    private func receive(_ result: OpaquePointer) {
        func field(_ code: Int) -> String? {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
        }
        handle(
            PostgresNotice(
                severity: field(CLIBPQ_SEVERITY) ?? "NOTICE", code: field(CLIBPQ_SQLSTATE) ?? "00000",
                message: field(CLIBPQ_MESSAGE) ?? "", detail: field(CLIBPQ_DETAIL), hint: field(CLIBPQ_HINT)))
    }
}
