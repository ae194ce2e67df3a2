/// The name of a table of BigQuery: `project.dataset.table`.
public struct BigQueryTableName: Hashable, Sendable, CustomStringConvertible {
    /// The project that the dataset belongs to.
    public let project: String
    /// The dataset.
    public let dataset: String
    /// The table.
    public let table: String

    /// Creates a name of its parts.
    public init(project: String, dataset: String, table: String) {
        self.project = project
        self.dataset = dataset
        self.table = table
    }

    /// Reads `project.dataset.table` or `project:dataset.table`, also with a project such as `example.com:shop`; nil for
    /// anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        let table = String(parts[parts.count - 1])
        var rest = parts.dropLast().joined(separator: ".")
        // The last separator ends the project: a colon, or else a point.
        guard let end = rest.lastIndex(where: { $0 == "." || $0 == ":" }) else { return nil }
        let dataset = String(rest[rest.index(after: end)...])
        rest = String(rest[..<end])
        guard Self.isProject(rest), Self.isDataset(dataset), Self.isTable(table) else { return nil }
        self.init(project: rest, dataset: dataset, table: table)
    }

    /// `project.dataset.table`.
    public var description: String { "\(project).\(dataset).\(table)" }

    /// The name as it is written into SQL.
    var quoted: String { "`\(description)`" }

    private static func isProject(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isLetterOrDigit($0) || "-.:_".utf8.contains($0) }
    }

    private static func isDataset(_ text: String) -> Bool {
        1...1024 ~= text.utf8.count && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isTable(_ text: String) -> Bool {
        1...1024 ~= text.utf8.count
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
