/// How far a long command has come, in words: `12000 lines, 8000 a second, 45%, 12 s left`.
struct ProgressLine {
    /// How many, of what people count.
    var count: Int
    var noun: String
    var elapsed: Duration
    /// How much is done and how much there is, in whatever unit; nil when the size is not known.
    var share: (done: Int, total: Int)?

    var text: String {
        let seconds = elapsed / .seconds(1)
        var parts = ["\(count) \(noun)", "\(Int(Double(count) / max(seconds, 0.001))) a second"]
        if let share, share.total > 0 {
            // What is added meanwhile does not make it more than all.
            let fraction = min(1, Double(share.done) / Double(share.total))
            parts.append("\(Int(fraction * 100))%")
            // The first moments say little about those to come.
            if fraction > 0, seconds >= 1 { parts.append("\(Self.text(seconds: seconds / fraction - seconds)) left") }
        }
        return parts.joined(separator: ", ")
    }

    private static func text(seconds: Double) -> String {
        let seconds = Int(min(max(seconds, 0), 1e9).rounded(.up))
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        }
    }
}
