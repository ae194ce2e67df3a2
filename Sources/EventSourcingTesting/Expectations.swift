/// What an expectation throws when the store does something else.
struct Disagreement: Error {
    let message: String
    let fileID: String
    let line: Int
}

/// Throws unless the condition holds; the message says what was expected and what came.
func expect(
    _ condition: Bool, _ message: @autoclosure () -> String, fileID: String = #fileID, line: Int = #line
) throws {
    if !condition { throw Disagreement(message: message(), fileID: fileID, line: line) }
}

/// Throws unless both values are equal.
func expect<Value: Equatable>(
    _ subject: @autoclosure () -> String, _ value: Value, is expected: Value, fileID: String = #fileID,
    line: Int = #line
) throws {
    try expect(
        value == expected, "\(subject()): expected \(abbreviated(expected)), got \(abbreviated(value))",
        fileID: fileID, line: line)
}

/// Throws unless there is a value.
func expectValue<Value>(
    _ subject: @autoclosure () -> String, _ value: Value?, fileID: String = #fileID, line: Int = #line
) throws -> Value {
    guard let value else {
        throw Disagreement(message: "\(subject()): expected a value, got none", fileID: fileID, line: line)
    }
    return value
}

/// Throws unless the call throws an error of the type; returns that error.
@discardableResult
func expectError<Failure: Error>(
    _ type: Failure.Type, _ subject: @autoclosure () -> String, fileID: String = #fileID, line: Int = #line,
    from call: () async throws -> Any
) async throws -> Failure {
    let outcome: String
    do {
        outcome = abbreviated(try await call())
    } catch let error as Failure {
        return error
    } catch {
        outcome = abbreviated(error)
    }
    throw Disagreement(
        message: "\(subject()): expected \(Failure.self), got \(outcome)", fileID: fileID, line: line)
}

/// A value as text that a person can still read when the value is optional, or ten megabytes long.
func abbreviated(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional { return mirror.children.first.map { abbreviated($0.value) } ?? "nil" }
    let text = String(describing: value)
    return text.utf8.count <= 400 ? text : "\(text.prefix(300))… (\(text.utf8.count) bytes)"
}
