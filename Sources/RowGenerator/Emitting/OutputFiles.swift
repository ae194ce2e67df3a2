import SQLSchema

/// Distributes the code over a list of files that does not depend on the schema.
///
/// SwiftPM plans a package once and would not notice a file whose name appears later, with a table added.
enum OutputFiles {
    private static let rowFileCount = 16

    /// `Rows00.swift` to `Rows15.swift`; a table stays in its file whatever tables come and go.
    static func rows(of tables: [ResolvedTable]) -> [RowGenerator.File] {
        let groups = Dictionary(grouping: tables) { Int(hash(of: $0.displayName) % UInt64(rowFileCount)) }
        return (0..<rowFileCount).map { number in
            let digits = String(number)
            let name = "Rows\(digits.count < 2 ? "0" : "")\(digits).swift"
            return RowGenerator.File(name: name, text: text(of: groups[number] ?? []))
        }
    }

    /// `Schema.swift`.
    static func schema(of snapshot: SchemaSnapshot) -> RowGenerator.File {
        var source = SwiftSource()
        appendHeader(to: &source)
        SchemaEmitter.append(snapshot, to: &source)
        return RowGenerator.File(name: "Schema.swift", text: source.text)
    }

    private static func text(of tables: [ResolvedTable]) -> String {
        var source = SwiftSource()
        guard !tables.isEmpty else {
            source.line(header)
            return source.text
        }
        appendHeader(to: &source)
        if tables.contains(where: { $0.properties.contains { $0.type == .uuid } }) {
            source.lines([
                "", "#if canImport(FoundationEssentials)", "    public import FoundationEssentials", "#else",
                "    public import Foundation", "#endif",
            ])
        }
        for table in tables {
            switch table.kind {
            case .events: EventTableEmitter(table).append(to: &source)
            case .snapshots: SnapshotTableEmitter(table).append(to: &source)
            case .rows, .view: RowEmitter(table).append(to: &source)
            }
        }
        return source.text
    }

    private static let header = "// Generated from schema/schema.json by row-generator; do not edit."

    private static func appendHeader(to source: inout SwiftSource) {
        source.lines([header, "", "public import EventSourcingSQL"])
    }

    /// FNV-1a: small, and the same in every process, which Swift's own hash is not.
    private static func hash(of name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
