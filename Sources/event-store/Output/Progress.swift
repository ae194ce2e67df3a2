/// A line on a terminal that says how far a long command has come; nothing when the output goes elsewhere.
struct Progress {
    private let noun: String
    private let isShown = FileDescriptor.standardError.isTerminal
    private let start = ContinuousClock.now
    private var lastShown = ContinuousClock.now

    init(_ noun: String) {
        self.noun = noun
    }

    /// Shows the count and the rate, a few times a second.
    mutating func update(_ count: Int) {
        guard isShown, count % 1000 == 0, lastShown.duration(to: .now) > .milliseconds(200) else { return }
        lastShown = .now
        let seconds = start.duration(to: .now) / .seconds(1)
        write("\(count) \(noun), \(Int(Double(count) / max(seconds, 0.001))) a second")
    }

    /// Takes the line away.
    func finish() {
        if isShown { write("") }
    }

    private func write(_ text: String) {
        try? FileDescriptor.standardError.write(Array("\r\u{1B}[K\(text)".utf8))
    }
}
