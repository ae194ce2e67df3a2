/// One sentence of the contract, and the test of it.
///
/// Its description is the sentence, so that a parameterised test shows which one holds and which one does not; its
/// identity is the sentence too, so that a tool can run that one again.
public struct ConformanceCheck: Sendable, Identifiable, CustomStringConvertible {
    /// The sentence.
    public let name: String

    private let body: @Sendable () async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Tests a new store against the sentence.
    ///
    /// - Throws: ``ConformanceFailure`` when the sentence does not hold, or the store cannot be made.
    public func run() async throws(ConformanceFailure) {
        do {
            try await body()
        } catch let disagreement as Disagreement {
            throw ConformanceFailure(
                check: name, message: disagreement.message, fileID: disagreement.fileID, line: disagreement.line)
        } catch {
            throw ConformanceFailure(
                check: name, message: "expected no error, got \(abbreviated(error))", fileID: #fileID, line: #line)
        }
    }

    /// The sentence.
    public var id: String { name }

    /// The sentence.
    public var description: String { name }
}
