#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Prints the figures of one system, one line `system,workload,value` each; a line with # is a note.
struct Report: Sendable {
    let system: System

    func figure(_ workload: Workload, perSecond: Double) {
        // Tenths are more than enough, and no figure is written with an exponent.
        let tenths = Int((perSecond * 10).rounded())
        line("\(system.rawValue),\(workload.rawValue),\(tenths / 10).\(tenths % 10)")
    }

    func note(_ text: String) {
        line("# \(text)")
    }

    private func line(_ text: String) {
        print(text)
        fflush(nil)
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

extension Collection<Double> {
    /// The middle value; of an even number of values the mean of the two in the middle.
    var median: Double {
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
