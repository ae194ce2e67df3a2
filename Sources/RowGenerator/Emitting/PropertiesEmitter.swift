import SQLSchema

/// Writes what a columns struct and a row struct have in common: properties, initializer and equality.
struct PropertiesEmitter {
    let typeName: String
    let properties: [ResolvedColumn]

    /// - Parameter summary: what the comment of each says.
    func appendProperties(
        to source: inout SwiftSource, summary: (ResolvedColumn) -> String = { $0.summary }
    ) {
        for property in properties {
            source.documentation(summary(property))
            source.line("\(source.access)var \(property.identifier): \(property.swiftType)")
        }
    }

    /// The initializer that takes every value; those that may be NULL or have a default can be left out.
    func appendInitializer(_ comment: String, to source: inout SwiftSource) {
        let parameters = properties.map { property in
            let assignment = property.defaultValue.map { " = \($0)" } ?? ""
            return "\(property.label): \(property.swiftType)\(assignment)"
        }
        source.line()
        source.documentation(comment)
        source.inlinable()
        source.listed("\(source.access)init(", parameters, ") {")
        source.indented { source in
            for property in properties { source.line("self.\(property.identifier) = \(property.identifier)") }
        }
        source.line("}")
    }

    /// Equality by bytes where there is text; the compiler's own would accept canonically equivalent texts.
    func appendEquality(to source: inout SwiftSource) {
        guard properties.contains(where: { $0.isText }) else { return }
        source.line()
        source.documentation("Compares text by its UTF-8 bytes, as the stores do.")
        source.inlinable()
        source.block("\(source.access)static func == (left: \(typeName), right: \(typeName)) -> Bool") { source in
            for (index, property) in properties.enumerated() {
                let name = property.identifier
                let isText = property.isText
                let same = isText ? "left.\(name).hasSameBytes(as: right.\(name))" : "left.\(name) == right.\(name)"
                let line = index == 0 ? same : "&& \(same)"
                if index == 0 { source.line(line) } else { source.indented { $0.line(line) } }
            }
        }
    }
}

extension ResolvedColumn {
    /// Whether its values are texts, which are compared by their bytes.
    fileprivate var isText: Bool {
        if case .list(let element, _) = type { return element == .scalar(.string) }
        return type == .scalar(.string)
    }
}
