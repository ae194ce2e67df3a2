/// Lets only so many things of the tests happen at once.
///
/// All tests start at the same moment, which neither a server with its connections nor a machine with its processes is
/// made for.
package actor ConcurrencyLimit {
    /// For processes. With hundreds of them nothing ends in time, and this one has more than a thousand files open, where
    /// Foundation's `Process` reads beyond the end of their list.
    package static let processes = ConcurrencyLimit(8)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(_ count: Int) {
        free = count
    }

    /// Runs a closure when there is room for it.
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
