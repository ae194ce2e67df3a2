import CLibpq
import SQLSchema

extension DatabaseError {
    /// What a server said when it refused a statement (PQresultErrorField).
    static func postgres(_ result: OpaquePointer, sql: String?, address: String) -> DatabaseError {
        func field(_ code: Int) -> String? {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
        }
        let state = field(CLIBPQ_SQLSTATE)
        let message =
            field(CLIBPQ_MESSAGE) ?? firstLine(PQresultErrorMessage(result)) ?? "the server answered out of order"
        var error = DatabaseError(
            code: state.map(Code.init(sqlState:)) ?? .other, engineCode: state ?? "libpq", message: message, sql: sql,
            database: address)
        if error.code == .readOnly {
            error.advice =
                "only reading is possible here, as it is on a standby: connect to the primary, which "
                + "target_session_attrs=read-write finds among several hosts in the URL"
        }
        if state == "22P02", message.contains(PostgresTexts.droppedEvent) {
            error.code = .refusedByTrigger
            error.message = PostgresTexts.droppedEvent
        }
        error.severity = field(CLIBPQ_SEVERITY)
        error.detail = field(CLIBPQ_DETAIL)
        error.hint = field(CLIBPQ_HINT)
        error.constraint = field(CLIBPQ_CONSTRAINT)
        error.column = field(CLIBPQ_COLUMN)
        error.table = field(CLIBPQ_TABLE).map { RelationName(schema: field(CLIBPQ_SCHEMA), $0).description }
        if let sql, let position = field(CLIBPQ_POSITION).flatMap({ Int($0) }) {
            error.offset = offset(ofCharacter: position, in: sql)
        }
        return error
    }

    /// The connection broke (PQerrorMessage).
    static func connectionLost(
        _ connection: OpaquePointer, sql: String?, address: String, isOutcomeUnknown: Bool
    ) -> DatabaseError {
        var error = DatabaseError(
            code: .connectionLost, engineCode: "08006",
            message: firstLine(PQerrorMessage(connection)) ?? "the connection is closed", sql: sql, database: address)
        error.isOutcomeUnknown = isOutcomeUnknown
        return error
    }

    /// A server counts characters from 1; an offset counts UTF-8 bytes from 0.
    static func offset(ofCharacter position: Int, in sql: String) -> Int {
        sql.unicodeScalars.prefix(max(0, position - 1)).reduce(0) { $0 + UTF8.width($1) }
    }

    /// libpq adds guesses about the cause in further lines.
    static func firstLine(_ message: UnsafePointer<CChar>?) -> String? {
        guard let message else { return nil }
        let line = String(cString: message).split(separator: "\n").first.map(String.init)
        return line.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension DatabaseError.Code {
    /// The kind of failure of an SQLSTATE, see <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    init(sqlState: String) {
        switch sqlState {
        case "23505": self = .uniqueViolation
        case "40001", "40P01": self = .transactionConflict
        case "57014": self = .interrupted
        case "55P03", "55006": self = .busy
        case "53100": self = .full
        case "25006": self = .readOnly
        case "42501": self = .notPermitted
        case "P0001": self = .refusedByTrigger
        case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04": self = .connectionLost
        case "3D000", "53300", "08001", "08004": self = .cannotOpen
        default:
            switch sqlState.prefix(2) {
            case "08": self = .connectionLost
            case "22", "23": self = .constraintViolation
            case "28": self = .notPermitted
            case "42", "3F", "26": self = .invalidSQL
            case "54": self = .tooLarge
            case "58": self = .inputOutput
            default: self = .other
            }
        }
    }
}
