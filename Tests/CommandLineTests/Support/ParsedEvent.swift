import Foundation
import Testing

/// A line of CloudEvents as Foundation reads it, so that the parser under test does not judge itself.
struct ParsedEvent: Equatable {
    /// Every attribute but the time, with texts as bytes: `==` of two texts would forgive another normal form.
    let attributes: [String: Data]
    /// Whole seconds and microseconds since 1970.
    let time: [Int]?
    /// The bytes of `data`, exactly as they stand in the line.
    let data: Data?

    var id: Data? { attributes["id"] }
    var subject: Data? { attributes["subject"] }

    init(line: Data) throws {
        var header = line
        var data: Data?
        // Log and export both write data last; inside an attribute the quotes would be escaped.
        if let start = line.range(of: Data(",\"data\":".utf8)) {
            data = line[start.upperBound...].dropLast()
            header = line[..<start.lowerBound] + Data("}".utf8)
        }
        var members = try #require(try JSONSerialization.jsonObject(with: header) as? [String: Any])
        time = try (members.removeValue(forKey: "time") as? String).map(Self.instant)
        attributes = members.mapValues { Data(($0 as? String).map { "text \($0)" }?.utf8 ?? "\($0)".utf8) }
        self.data = data.map { Data($0) }
    }

    static func all(in file: Data) throws -> [ParsedEvent] {
        try file.split(separator: 0x0A).map { try ParsedEvent(line: Data($0)) }
    }

    /// ISO8601DateFormatter knows milliseconds at most, so the fraction is read apart from the rest.
    private static func instant(_ text: String) throws -> [Int] {
        let match = try #require(try /(.{19})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)/.wholeMatch(in: text), "a time: \(text)")
        let date = try #require(ISO8601DateFormatter().date(from: "\(match.1)\(match.3)"), "a time: \(text)")
        let fraction = (match.2.map(String.init) ?? "").padding(toLength: 6, withPad: "0", startingAt: 0)
        return [Int(date.timeIntervalSince1970), try #require(Int(fraction))]
    }
}
