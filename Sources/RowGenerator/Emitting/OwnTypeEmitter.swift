import SQLSchema

/// Writes the type of an enum or a domain: a struct around its value.
///
/// An enum becomes a struct, too, because a database can have labels that the code does not know yet.
struct OwnTypeEmitter {
    private let type: ResolvedType

    init(_ type: ResolvedType) {
        self.type = type
    }

    func append(to source: inout SwiftSource) {
        let rawType = type.rawType.swiftName
        source.line()
        if let domainType = type.domainType {
            source.documentation("A value of the domain `\(type.name)`, which is \(domainType).")
        } else {
            source.documentation("A label of the enum `\(type.name)`.")
            source.line("///")
            source.documentation("One that was added to the database after this code was generated is kept as it is.")
        }
        source.block(
            "\(source.access)struct \(type.typeName): RawRepresentable, RowValue, ListElement, Hashable, Codable, Sendable"
        ) { source in
            if type.domainType == nil { appendLabels(to: &source) }
            source.documentation(type.domainType == nil ? "The label." : "The value.")
            source.line("\(source.access)let rawValue: \(rawType)")
            source.line()
            source.documentation(
                type.domainType == nil
                    ? "Makes a label of a text." : "Makes a value of the domain; the database checks it."
            )
            source.inlinable()
            source.line("\(source.access)init(rawValue: \(rawType)) {")
            source.indented { $0.line("self.rawValue = rawValue") }
            source.line("}")
            if type.rawType == .string { appendEquality(to: &source) }
        }
    }

    private func appendLabels(to source: inout SwiftSource) {
        for label in type.labels {
            source.documentation("The label `\(label.text)`.")
            source.line(
                "\(source.access)static let \(SwiftName.escaped(label.name)) = "
                    + "\(type.typeName)(rawValue: \(SwiftLiteral.string(label.text)))")
        }
        source.documentation("The labels that the code was generated for, in the order of the database.")
        source.filled(
            "\(source.access)static let \(ResolvedType.listName): [\(type.typeName)] = [",
            type.labels.map { ".\(SwiftName.escaped($0.name))" }, "]")
        source.line()
    }

    private func appendEquality(to source: inout SwiftSource) {
        source.line()
        source.documentation("Compares by the UTF-8 bytes, as the database does.")
        source.inlinable()
        source.block(
            "\(source.access)static func == (left: \(type.typeName), right: \(type.typeName)) -> Bool"
        ) { source in
            source.line("left.rawValue.hasSameBytes(as: right.rawValue)")
        }
        source.line()
        source.documentation("Hashes the bytes that `==` compares.")
        source.inlinable()
        source.block("\(source.access)func hash(into hasher: inout Hasher)") { source in
            source.line("for byte in rawValue.utf8 { hasher.combine(byte) }")
        }
    }
}
