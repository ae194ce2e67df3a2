/// How many bytes, as people say it.
enum ByteCount {
    static func text(_ count: Int) -> String {
        guard count >= 1000 else { return "\(count) bytes" }
        var value = Double(count)
        for unit in ["KB", "MB", "GB"] {
            value /= 1000
            // What would be rounded to 1000 is one of the next unit.
            if value < 999.95 || unit == "GB" { return "\((value * 10).rounded() / 10) \(unit)" }
        }
        return "\(count) bytes"
    }
}
