/// Lets only so many processes of the tests run at once.
///
/// All tests start at the same moment. Without a limit hundreds of processes compete, so that nothing ends in time, and
/// this one has more than a thousand files open, where Foundation's `Process` reads beyond the end of their list.
package actor ProcessLimit {
    package static let shared = ProcessLimit(8)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(_ count: Int) {
        free = count
    }

    /// Runs a closure when there is room for one more process.
    nonisolated package func run<Result: Sendable>(_ body: () async throws -> Result) async rethrows -> Result {
        await enter()
        do {
            let result = try await body()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
