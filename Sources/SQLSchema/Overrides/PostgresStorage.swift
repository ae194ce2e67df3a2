/// What PostgreSQL keeps in a column of a type that has a Swift type.
public enum PostgresStorage: String, Hashable, Sendable {
    case bigint, integer, smallint, boolean, real, text, character, citext, uuid, json, jsonb, bytea
    case numeric, date, interval, inet, cidr, macaddr, macaddr8
    case time = "time without time zone"
    case timetz = "time with time zone"
    case timestamp = "timestamp without time zone"
    case doublePrecision = "double precision"
    case varchar = "character varying"
    case timestamptz = "timestamp with time zone"
    /// A type that was made by `CREATE TYPE … AS ENUM`.
    case enumeration = "enum"

    /// Finds the storage of a type; nil for one that is none of these, such as `tsvector` or an array.
    ///
    /// - Parameters:
    ///   - type: the type as the catalog writes it: `character varying(20)`, `shop.region`.
    ///   - catalog: what has the enums and domains.
    public init?(type: String, in catalog: Catalog) {
        let base = Self.baseType(of: type, in: catalog)
        if let name = RelationName(quotedIfNeeded: base), catalog.enums.contains(where: { $0.name == name }) {
            self = .enumeration
        } else if let storage = Self(rawValue: Self.withoutModifier(base)), storage != .enumeration {
            self = storage
        } else if RelationName(quotedIfNeeded: base)?.name == "citext" {
            // An extension brought it, into whatever schema.
            self = .citext
        } else {
            return nil
        }
    }

    /// The type that a domain stands for, with its modifier: `character varying(20)`; any other type is its own.
    public static func baseType(of type: String, in catalog: Catalog) -> String {
        var type = type
        // A domain can stand for another; no chain of them is longer than there are domains.
        for _ in catalog.domains {
            guard let name = RelationName(quotedIfNeeded: type),
                let domain = catalog.domains.first(where: { $0.name == name })
            else { break }
            type = domain.type.firstRange(of: " COLLATE ").map { String(domain.type[..<$0.lowerBound]) } ?? domain.type
        }
        return type
    }

    /// `timestamp(3) with time zone` without its `(3)`.
    static func withoutModifier(_ type: String) -> String {
        guard let start = type.firstIndex(of: "("), let end = type[start...].firstIndex(of: ")") else { return type }
        return String(type[..<start] + type[type.index(after: end)...])
    }

    /// The type of the ends of a range; nil for what is no range of PostgreSQL's own.
    static func bound(ofRange type: String) -> ColumnType? {
        switch type {
        case "int4range": .int32
        case "int8range": .int64
        case "numrange": .decimal
        case "tsrange": .localDateTime
        case "tstzrange": .instant
        case "daterange": .date
        default: nil
        }
    }

    /// How many digits a type keeps behind the point or the second, when it says so: 2 for `numeric(10,2)`, 0 for
    /// `time(0)`; and of an array, those of its elements.
    package static func fractionDigits(of type: String, in catalog: Catalog) -> Int? {
        let base = baseType(of: type, in: catalog)
        guard let start = base.firstIndex(of: "("), let end = base[start...].firstIndex(of: ")") else { return nil }
        let numbers = base[base.index(after: start)..<end].split(separator: ",").compactMap { Int($0) }
        let element = withoutModifier(base).firstRange(of: "[]").map { withoutModifier(base)[..<$0.lowerBound] }
        switch Self(rawValue: element.map(String.init) ?? withoutModifier(base)) {
        case .numeric: return numbers.isEmpty ? nil : numbers.count == 2 ? max(0, numbers[1]) : 0
        case .time, .timetz, .timestamp, .timestamptz, .interval: return numbers.first
        default: return nil
        }
    }

    /// The Swift types that such a column can hold; the first is the one unless the override file says otherwise.
    public var types: [ColumnType] {
        switch self {
        case .bigint: [.int64]
        case .integer: [.int32]
        case .smallint: [.int16]
        case .boolean: [.bool]
        case .doublePrecision: [.double]
        case .real: [.float]
        case .text, .varchar: [.string, .json]
        case .character, .citext, .enumeration: [.string]
        case .uuid: [.uuid]
        case .timestamptz: [.instant]
        case .json, .jsonb: [.json]
        case .bytea: [.bytes]
        case .numeric: [.decimal]
        case .date: [.date]
        case .time: [.time]
        case .timetz: [.timeWithOffset]
        case .timestamp: [.localDateTime]
        case .interval: [.interval]
        case .inet, .cidr, .macaddr, .macaddr8: [.string]
        }
    }

    /// Whether values are written in the format of the type itself, and not as texts that a statement casts.
    public var isWrittenBinary: Bool {
        switch self {
        case .bigint, .integer, .smallint, .boolean, .real, .text, .character, .citext, .uuid, .json, .jsonb, .bytea,
            .doublePrecision, .varchar, .timestamptz, .enumeration:
            true
        case .numeric, .date, .interval, .inet, .cidr, .macaddr, .macaddr8, .time, .timetz, .timestamp: false
        }
    }

    /// Whether the server is asked for the text of a value.
    public var isReadAsText: Bool {
        switch self {
        case .inet, .cidr, .macaddr, .macaddr8: true
        default: false
        }
    }
}

extension RelationName {
    /// Reads a name that has quotes where it needs them, as PostgreSQL writes it: `shop."Order Status"`; nil when the
    /// text is no such name.
    package init?(quotedIfNeeded text: String) {
        var parts: [String] = [""]
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"" where isQuoted && rest.first == "\"":
                parts[parts.count - 1].append(character)
                rest = rest.dropFirst()
            case "\"": isQuoted.toggle()
            case "." where !isQuoted: parts.append("")
            default: parts[parts.count - 1].append(character)
            }
        }
        guard !isQuoted, parts.count <= 2, let name = parts.last else { return nil }
        self.init(schema: parts.count == 2 ? parts[0] : nil, name)
    }
}
