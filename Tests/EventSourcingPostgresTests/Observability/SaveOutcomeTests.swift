import EventSourcing
import SQLSchema
import Testing

@testable import EventSourcingPostgres

@Suite("What is counted of a save")
struct SaveOutcomeTests {
    private static func error(_ code: DatabaseError.Code, isOutcomeUnknown: Bool = false) -> DatabaseError {
        var error = DatabaseError(code: code, engineCode: "XX000", message: "the value is secret")
        error.isOutcomeUnknown = isOutcomeUnknown
        return error
    }

    @Test("tells a conflict from a mistake, a failure, and what nobody knows")
    func outcomes() {
        #expect(SaveOutcome(ConcurrencyError(aggregateID: "a", expected: 1, actual: 2)) == .conflict)
        #expect(SaveOutcome(InvalidArgumentError("limit", "no")) == .invalid)
        #expect(SaveOutcome(CancellationError()) == .cancelled)
        #expect(SaveOutcome(Self.error(.connectionLost, isOutcomeUnknown: true)) == .unknown)
        #expect(SaveOutcome(Self.error(.connectionLost)) == .failed)
        #expect(SaveOutcome(PostgresPoolError.closed) == .failed)
    }

    @Test("tells why it is tried again")
    func reasons() {
        #expect(RetryReason(Self.error(.uniqueViolation)) == .race)
        #expect(RetryReason(Self.error(.transactionConflict)) == .transactionConflict)
        #expect(RetryReason(Self.error(.connectionLost)) == .connectionLost)
        #expect(RetryReason(Self.error(.busy)) == .blocked)
        #expect(RetryReason(Self.error(.constraintViolation)) == .refused)
    }

    @Test("has nothing of what an error says")
    func kinds() {
        let kind = ErrorKind(Self.error(.full))
        #expect(kind.name == "DatabaseError.full" && kind.sqlState == "XX000")
        #expect(ErrorKind(PostgresPoolError.closed).name == "PostgresPoolError.closed")
        #expect(ErrorKind(CancellationError()).name == "CancellationError")
    }
}
