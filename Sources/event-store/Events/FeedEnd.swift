import EventSourcingSQLite

/// Finds out where a feed ends by asking what comes after a position, which every feed can answer.
struct FeedEnd {
    /// The positions of the events after a position, at most so many.
    let positions: (_ after: Int, _ limit: Int) throws -> [Int]

    /// The position of the newest event; 0 when there is none.
    ///
    /// Asks some dozens of times whether an event comes after a position, in the end each time in the middle of what is
    /// left.
    func lastPosition() throws -> Int {
        // There is an event at `low`, and none after `high`.
        guard var low = try positions(0, 1).first else { return 0 }
        var step = 1
        var high = low.increased(by: step)
        while let position = try positions(high, 1).first {
            low = position
            step = step.increased(by: step)
            high = low.increased(by: step)
        }
        while low < high {
            let middle = low + (high - low) / 2
            if let position = try positions(middle, 1).first { low = position } else { high = middle }
        }
        return low
    }

    /// The position after which the newest events begin, so many of them or all.
    func start(ofNewest count: Int) throws -> Int {
        let last = try lastPosition()
        // Positions may have holes, so that there are fewer events than positions.
        var width = count
        while width < last {
            let found = try positions(from: last - width, through: last)
            if found.count >= count { return found.dropLast(count).last ?? last - width }
            width = width.increased(by: max(width, 64))
        }
        return try positions(from: 0, through: last).dropLast(count).last ?? 0
    }

    private func positions(from start: Int, through end: Int) throws -> [Int] {
        var found: [Int] = []
        var position = start
        while position < end {
            let page = try positions(position, min(end - position, 1000))
            guard let last = page.last else { break }
            found += page.prefix { $0 <= end }
            position = last
        }
        return found
    }
}

extension EventFeed {
    /// The end of the feed.
    var end: FeedEnd {
        FeedEnd { try loadFeed(after: $0, limit: $1).map(\.position) }
    }
}

extension Int {
    /// The sum, or the largest number when there is none.
    fileprivate func increased(by distance: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(distance)
        return overflow ? .max : sum
    }
}
