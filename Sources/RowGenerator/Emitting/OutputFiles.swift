import SQLSchema

/// Distributes the code over a list of files that does not depend on the schema.
///
/// SwiftPM plans a package once and would not notice a file whose name appears later, with a table added.
enum OutputFiles {
    private static let rowFileCount = 16

    /// `Rows00.swift` to `Rows15.swift`; a table stays in its file whatever tables come and go.
    static func rows(of schema: ResolvedSchema) -> [RowGenerator.File] {
        let tables = Dictionary(grouping: schema.tables) { number(of: $0.displayName) }
        let types = Dictionary(grouping: schema.types) { number(of: $0.name.description) }
        return (0..<rowFileCount).map { number in
            let digits = String(number)
            let name = "Rows\(digits.count < 2 ? "0" : "")\(digits).swift"
            let text = text(of: tables[number] ?? [], types[number] ?? [], schema.access)
            return RowGenerator.File(name: name, text: text)
        }
    }

    /// `Schema.swift`.
    static func schema(of snapshot: SchemaSnapshot, _ access: AccessLevel) -> RowGenerator.File {
        var source = SwiftSource(access: access)
        appendHeader(to: &source)
        SchemaEmitter.append(snapshot, to: &source)
        return RowGenerator.File(name: "Schema.swift", text: source.text)
    }

    private static func text(of tables: [ResolvedTable], _ types: [ResolvedType], _ access: AccessLevel) -> String {
        var source = SwiftSource(access: access)
        guard !tables.isEmpty || !types.isEmpty else {
            source.line(header)
            return source.text
        }
        appendHeader(to: &source)
        let columns = tables.flatMap(\.properties).map(\.type)
        for module in Set(columns.compactMap(\.module)).sorted() { source.line("\(source.access)import \(module)") }
        if columns.contains(where: { $0.hasUUID }) || types.contains(where: { $0.rawType == .uuid }) {
            source.lines([
                "", "#if canImport(FoundationEssentials)", "    \(source.access)import FoundationEssentials", "#else",
                "    \(source.access)import Foundation", "#endif",
            ])
        }
        for type in types { OwnTypeEmitter(type).append(to: &source) }
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
        source.lines([header, "", "\(source.access)import EventSourcingSQL"])
    }

    private static func number(of name: String) -> Int {
        Int(hash(of: name) % UInt64(rowFileCount))
    }

    /// FNV-1a: small, and the same in every process, which Swift's own hash is not.
    private static func hash(of name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}

extension SwiftType {
    /// Whether code with the type needs Foundation.
    fileprivate var hasUUID: Bool {
        if case .list(let element, _) = self { return element.hasUUID }
        return self == .scalar(.uuid)
    }
}
