/// Decides which of the saves that wait at the same moment go to the database together.
///
/// It knows streams, expectations and counts, and nothing of a database, so that every store shares its rules:
///
/// * saves are taken in the order in which they came, the first one always;
/// * one save per stream, but a run of `.any` goes together, and so do exact(n) and the exact(n + k) that follows k
///   events;
/// * a save that is left out holds back the later ones of its stream, so that their order stays;
/// * a batch has at most so many events, unless its first save alone has more.
package struct BatchPlanner: Sendable {
    /// What the planner needs to know of a save.
    package struct Save: Sendable {
        let stream: UTF8Key
        let expectedVersion: ExpectedVersion
        let count: Int

        package init<Columns>(_ append: StreamAppend<Columns>) {
            stream = UTF8Key(append.aggregateID)
            expectedVersion = append.expectedVersion
            count = append.events.count
        }
    }

    /// What the batch knows of a stream that it has a save of.
    private enum Tail {
        /// Another `.any` may follow.
        case any
        /// If the saves so far succeed, the stream has this version, and a save that expects it may follow.
        case exact(Int)
        /// Nothing may follow.
        case closed
    }

    private let maximumCount: Int

    /// Creates a planner for batches of at most so many events.
    package init(maximumCount: Int = 5000) {
        self.maximumCount = maximumCount
    }

    /// The indexes of the saves that go together, in their order; empty only when none waits but those of excluded streams.
    ///
    /// - Parameter streams: the streams whose saves stay where they are.
    package func batch(of waiting: [Save], excluding streams: Set<UTF8Key> = []) -> [Int] {
        var indexes: [Int] = []
        var tails: [UTF8Key: Tail] = [:]
        var total = 0
        for (index, save) in waiting.enumerated() where !streams.contains(save.stream) {
            let isWithinLimit = indexes.isEmpty || total + save.count <= maximumCount
            guard isWithinLimit, let tail = tail(of: save, after: tails[save.stream]) else {
                tails[save.stream] = .closed
                continue
            }
            tails[save.stream] = tail
            indexes.append(index)
            total += save.count
        }
        return indexes
    }

    /// How many appends from the first on may go together without changing their order; 0 only when there are none.
    package func prefixCount<Columns>(of appends: some Collection<StreamAppend<Columns>>) -> Int {
        var tails: [UTF8Key: Tail] = [:]
        var total = 0
        var count = 0
        for save in appends.lazy.map(Save.init) {
            let isWithinLimit = count == 0 || total + save.count <= maximumCount
            guard isWithinLimit, let tail = tail(of: save, after: tails[save.stream]) else { break }
            tails[save.stream] = tail
            total += save.count
            count += 1
        }
        return count
    }

    /// Takes the next batch out of what waits; both keep their order.
    ///
    /// - Parameter streams: the streams whose saves stay where they are.
    func takeBatch<Waiting>(
        from waiting: inout [Waiting], excluding streams: Set<UTF8Key> = [], save: (Waiting) -> Save
    ) -> [Waiting] {
        if waiting.count == 1, !streams.contains(save(waiting[0]).stream) { return [waiting.removeLast()] }
        let indexes = batch(of: waiting.map(save), excluding: streams)
        let batch = indexes.map { waiting[$0] }
        if batch.count == waiting.count {
            waiting = []
        } else {
            var taken = indexes[...]
            var rest: [Waiting] = []
            for (index, save) in waiting.enumerated() {
                if index == taken.first { taken.removeFirst() } else { rest.append(save) }
            }
            waiting = rest
        }
        return batch
    }

    /// The stream's tail with one more save, or nil when the save may not follow.
    private func tail(of save: Save, after tail: Tail?) -> Tail? {
        switch (tail, save.expectedVersion) {
        case (nil, .any), (.any, .any): .any
        case (nil, .noStream): .exact(save.count)
        case (nil, .exact(let version)): .exact(version &+ save.count)
        case (.exact(let end), .exact(let version)) where version == end: .exact(version &+ save.count)
        case (.exact(0), .noStream): .exact(save.count)
        case (nil, .exists): .closed
        default: nil
        }
    }
}
