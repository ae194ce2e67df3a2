package import EventSourcingSQLite
import Foundation
import Synchronization

/// What a process says about its saves, so that it can be compared with the database when the process is gone.
///
/// A save is announced before it begins and has its verdict when it has returned; one without a verdict is in doubt.
package final class SaveJournal: Sendable {
    /// How a save ended.
    package enum Verdict: Hashable, Sendable {
        /// The store acknowledged it, with the version of the last event and the position of each.
        case saved(version: Int, positions: [Int], again: Bool)
        /// The store says that nothing of it was saved.
        case refused(reason: String)
    }

    /// A save and what became of it.
    package struct Entry: Hashable, Sendable {
        /// The stream that the events are for.
        package let stream: String
        /// The ids of the events in their order.
        package let ids: [String]
        /// How it ended; nil when the process ended first.
        package var verdict: Verdict?

        package init(stream: String, ids: [String], verdict: Verdict? = nil) {
            self.stream = stream
            self.ids = ids
            self.verdict = verdict
        }
    }

    private let file: LineFile
    private let count = Mutex(0)

    /// Begins a journal, which only one process writes.
    package init(path: String) throws {
        file = try LineFile(appendingTo: path)
    }

    /// Announces a save, and returns its number.
    package func begin(stream: String, ids: [String]) throws -> Int {
        let number = count.withLock { count in
            count += 1
            return count
        }
        try file.append("begin \(number) \(stream) \(ids.joined(separator: ","))\n")
        return number
    }

    /// Says how a save ended.
    package func end(_ number: Int, _ verdict: Verdict) throws {
        switch verdict {
        case .saved(let version, let positions, let again):
            let positions = positions.map(String.init).joined(separator: ",")
            try file.append("\(again ? "again" : "saved") \(number) \(version) \(positions)\n")
        case .refused(let reason):
            try file.append("refused \(number) \(reason)\n")
        }
    }

    /// The saves of a journal in their order.
    package static func entries(of path: String) throws -> [Entry] {
        var entries: [Entry] = []
        var indexes: [Int: Int] = [:]
        for line in try LineFile.lines(of: path) {
            let words = line.split(separator: " ", maxSplits: 3)
            guard words.count >= 3, let number = Int(words[1]) else {
                throw LineFile.UnreadableLine(line: String(line))
            }
            if words[0] == "begin" {
                indexes[number] = entries.count
                entries.append(Entry(stream: String(words[2]), ids: words[3].split(separator: ",").map(String.init)))
            } else if let index = indexes[number], entries[index].verdict == nil {
                entries[index].verdict = try verdict(words)
            } else {
                throw LineFile.UnreadableLine(line: String(line))
            }
        }
        return entries
    }

    private static func verdict(_ words: [Substring]) throws -> Verdict {
        if words[0] == "refused" { return .refused(reason: words[2...].joined(separator: " ")) }
        let positions = words.last?.split(separator: ",").compactMap { Int($0) } ?? []
        guard ["saved", "again"].contains(words[0]), let version = Int(words[2]) else {
            throw LineFile.UnreadableLine(line: words.joined(separator: " "))
        }
        return .saved(version: version, positions: positions, again: words[0] == "again")
    }
}

extension SaveJournal.Verdict {
    /// The verdict of a save that has returned.
    package init(_ result: SaveResult) {
        self = .saved(version: result.version, positions: result.positions, again: result.wasAlreadySaved)
    }
}

extension SaveJournal {
    /// Where a writer keeps its journal; each time it is started it begins another one.
    package static func path(in folder: String, writer: String, generation: Int) -> String {
        "\(folder)/\(writer).\(generation).journal"
    }

    /// The journals of a writer, from the first on.
    package static func paths(in folder: String, writer: String) -> [String] {
        let all = (0...).lazy.map { path(in: folder, writer: writer, generation: $0) }
        return Array(all.prefix { FileManager.default.fileExists(atPath: $0) })
    }

    /// What nobody knows the end of, each once: the last time that those ids were to be saved has no verdict.
    package static func inDoubt(in entries: [Entry]) -> [Entry] {
        var latest: [String: Int] = [:]
        for (index, entry) in entries.enumerated() { latest[entry.ids[0]] = index }
        return latest.values.sorted().map { entries[$0] }.filter { $0.verdict == nil }
    }
}
