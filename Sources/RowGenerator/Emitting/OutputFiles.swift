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

    /// `Queries.swift`.
    static func queries(of schema: ResolvedSchema) -> RowGenerator.File {
        var source = SwiftSource(access: schema.access)
        if schema.queries.isEmpty {
            source.line(header)
        } else {
            appendHeader(to: &source)
            appendImports(for: schema.queries.flatMap { $0.parameters + $0.columns }.map(\.type), to: &source)
            for query in schema.queries { QueryEmitter(query).append(to: &source) }
        }
        return RowGenerator.File(name: "Queries.swift", text: source.text)
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
        appendImports(
            for: tables.flatMap(\.properties).map(\.type) + types.map { .scalar($0.rawType) }, to: &source)
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

    private static func appendImports(for types: [SwiftType], to source: inout SwiftSource) {
        for module in Set(types.compactMap(\.module)).sorted() { source.line("\(source.access)import \(module)") }
        guard types.contains(where: { $0.hasUUID }) else { return }
        source.lines([
            "", "#if canImport(FoundationEssentials)", "    \(source.access)import FoundationEssentials", "#else",
            "    \(source.access)import Foundation", "#endif",
        ])
    }

    private static func number(of name: String) -> Int {
        Int(StableHash.of(name.utf8) % UInt64(rowFileCount))
    }
}

extension SwiftType {
    /// Whether code with the type needs Foundation.
    fileprivate var hasUUID: Bool {
        if case .list(let element, _) = self { return element.hasUUID }
        return self == .scalar(.uuid)
    }
}
