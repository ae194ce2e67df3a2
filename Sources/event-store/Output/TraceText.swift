import EventSourcingSQLite

/// A trace as an indented list.
enum TraceText {
    /// Deeper events are not indented further, so that a long chain stays readable.
    private static let deepestIndentation = 24

    static func lines(of tree: TraceTree<StandardColumns>) -> [String] {
        // Whether the event at each depth above is the last of its siblings, and needs no line past it.
        var path: [Bool] = []
        return tree.rows.map { row in
            path.removeSubrange(min(row.depth, path.count)...)
            defer { path.append(row.isLast) }
            guard row.depth > 0 else { return row.event.traceLine }
            let above = path.dropFirst().prefix(deepestIndentation).map { $0 ? "   " : "│  " }.joined()
            let depth = row.depth > deepestIndentation ? "(\(row.depth)) " : ""
            return above + (row.isLast ? "└─ " : "├─ ") + depth + row.event.traceLine
        }
    }
}
