import EventSourcingSQLite
import SQLiteTestSupport

/// A process that follows the feed, and writes down what it was given, a line for each event.
///
/// Its file is its checkpoint as well: a line that is there has been read, and a reader that was killed goes on after it.
struct SoakReader {
    private let store: EitherStore
    private let file: LineFile
    private var position: Int
    private let stopSign: StopSign

    init(path: String, folder: String, kind: EitherStore.Kind) throws {
        store = EitherStore(kind, path: path)
        let output = SoakFeed.path(in: folder, kind: kind)
        position = try SoakFeed.lines(of: output).last?.position ?? 0
        file = try LineFile(appendingTo: output)
        stopSign = .readers(of: folder)
    }

    mutating func run() async throws {
        try await store.initialize()
        while true {
            // Looked at before the page is read: whatever was saved before the sign went up is in the pages after it.
            let isLast = stopSign.isUp
            let page = try await store.loadFeed(after: position, limit: .random(in: 1...500))
            try file.append(page.map { "\(SoakFeed.Line($0))\n" }.joined())
            position = page.last?.position ?? position
            if page.isEmpty {
                if isLast { break }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        await store.close()
    }
}
