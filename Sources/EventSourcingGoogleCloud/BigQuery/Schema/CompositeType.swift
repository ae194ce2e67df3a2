import SQLSchema

/// A type of PostgreSQL that has fields, read from the statement that creates it.
struct CompositeType: Hashable {
    /// A field and its type, as `format_type` has it.
    struct Attribute: Hashable {
        var name: String
        var type: String
    }

    var attributes: [Attribute]

    /// Finds a type in a catalog; nil when it is no composite.
    init?(_ type: String, in catalog: Catalog) {
        let bare = type.filter { $0 != "\"" }
        let detail = catalog.details.first {
            $0.kind == .type && ($0.name == bare || $0.name.hasSuffix(".\(bare)"))
        }
        guard let detail else { return nil }
        self.init(definition: detail.definition)
    }

    /// Reads `CREATE TYPE point AS (x integer, y numeric(10,2))`; nil for a type of another kind.
    init?(definition: String) {
        guard let start = definition.firstRange(of: " AS (")?.upperBound, definition.hasSuffix(")") else { return nil }
        attributes = Self.parts(of: definition[start...].dropLast()).compactMap { part in
            guard let end = Self.endOfName(in: part) else { return nil }
            return Attribute(name: Self.unquoted(part[..<end]), type: String(part[end...].drop { $0 == " " }))
        }
    }

    /// What commas separate that are neither in quotes nor in parentheses.
    private static func parts(of list: Substring) -> [Substring] {
        var parts: [Substring] = []
        var (start, depth, isQuoted) = (list.startIndex, 0, false)
        for index in list.indices {
            switch list[index] {
            case "\"": isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted: depth -= 1
            case "," where !isQuoted && depth == 0:
                parts.append(list[start..<index].drop { $0 == " " })
                start = list.index(after: index)
            default: break
            }
        }
        parts.append(list[start...].drop { $0 == " " })
        return parts.filter { !$0.isEmpty }
    }

    /// Where the blank is behind the name of a field.
    private static func endOfName(in part: Substring) -> Substring.Index? {
        var isQuoted = false
        return part.firstIndex { character in
            if character == "\"" { isQuoted.toggle() }
            return character == " " && !isQuoted
        }
    }

    private static func unquoted(_ name: Substring) -> String {
        guard name.hasPrefix("\"") else { return String(name) }
        return String(name.dropFirst().dropLast().replacing("\"\"", with: "\""))
    }
}

extension SourceValue {
    /// A composite, whose fields become those of a record; one that cannot be a record is JSON.
    ///
    /// - Parameter name: what gives the value in SQL.
    init(_ composite: CompositeType, _ name: String, in catalog: Catalog) {
        var fields: [BigQueryField] = []
        var members: [(String, String)] = []
        for attribute in composite.attributes {
            let base = PostgresStorage.baseType(of: attribute.type, in: catalog)
            let source = "(\(name)).\(SQLIdentifier.quoted(attribute.name))"
            let value =
                base.hasSuffix("[]")
                ? SourceValue(list: String(base.dropLast(2)), source, in: catalog, hasNulls: false)
                : SourceValue(scalar: base, type: attribute.type, source, in: catalog)
            var field = value.field
            field.name = BigQueryName.name(of: attribute.name)
            fields.append(field)
            let isText = field.mode != .repeated && field.type != .record && field.type != .string
            members.append((field.name, isText ? "(\(value.expression))::text" : value.expression))
        }
        // BigQuery's names differ in more than case, and a record has at least one field.
        guard !fields.isEmpty, Set(fields.map { $0.name.lowercased() }).count == fields.count else {
            self.init(.json, "to_json(\(name))")
            return
        }
        self.init(.record, Self.object(members, unlessNull: name))
        field.fields = fields
    }
}
