import Foundation

/// A signal that asks a process to end: Ctrl-C, or what service managers send.
enum EndingSignal: CaseIterable, Sendable {
    case interrupt, terminate

    var number: Int32 { self == .interrupt ? SIGINT : SIGTERM }

    var name: String { self == .interrupt ? "SIGINT" : "SIGTERM" }

    /// What shells report of a process that such a signal has ended.
    var exitStatus: ExitStatus { self == .interrupt ? .interrupted : .terminated }

    init?(number: Int32) {
        guard let signal = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = signal
    }
}

/// The end of a command that was asked to end, and came to a place where it could.
struct Interrupted: Error, CustomStringConvertible {
    let signal: EndingSignal
    /// What a person should know about what was done until then.
    let remark: String?

    var description: String {
        "stopped by \(signal.name)" + (remark.map { ": \($0)" } ?? "")
    }
}
