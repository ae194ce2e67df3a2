import EventSourcingSQLite

/// Where the feed ends, found out with the feed alone, so that every store can be asked.
extension EventFeed {
    /// The position of the newest event; 0 when there is none.
    ///
    /// Asks some dozens of times whether an event comes after a position, each time in the middle of what is left.
    func lastPosition() throws -> Int {
        func next(after position: Int) throws -> Int? {
            try loadFeed(after: position, limit: 1).first?.position
        }
        // There is an event at `low`, and none after `high`.
        guard var low = try next(after: 0) else { return 0 }
        var step = 1
        var high = low.advancedWithinBounds(by: step)
        while let position = try next(after: high) {
            low = position
            step = step.advancedWithinBounds(by: step)
            high = low.advancedWithinBounds(by: step)
        }
        while low < high {
            let middle = low + (high - low) / 2
            if let position = try next(after: middle) { low = position } else { high = middle }
        }
        return low
    }

    /// The position after which the newest events begin, so many of them or all.
    func position(beforeNewest count: Int) throws -> Int {
        let last = try lastPosition()
        var width = count
        while width < last {
            let positions = try positions(after: last - width, through: last)
            // Positions may have holes, so that there are fewer events than positions.
            if positions.count >= count { return positions.dropLast(count).last ?? last - width }
            width = width.advancedWithinBounds(by: max(width, 64))
        }
        let positions = try positions(after: 0, through: last)
        return positions.dropLast(count).last ?? 0
    }

    private func positions(after start: Int, through end: Int) throws -> [Int] {
        var positions: [Int] = []
        var position = start
        while position < end {
            let page = try loadFeed(after: position, limit: min(end - position, 1000)).map(\.position)
            guard let last = page.last else { break }
            positions += page.prefix { $0 <= end }
            position = last
        }
        return positions
    }
}

extension Int {
    /// The sum, or the largest number when there is none.
    fileprivate func advancedWithinBounds(by distance: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(distance)
        return overflow ? .max : sum
    }
}
