import SQLSchema

/// What a column becomes, and the SQL that reads it: a pure value, by the table of types in the documentation.
///
/// The SQL gives for each type of BigQuery what the row encoder takes: a whole number for INTEGER, one with a binary point
/// for FLOAT, a boolean, bytes, an instant for TIMESTAMP, JSON for JSON, and a text for all others. A RECORD and a list are
/// JSON whose innermost values are texts.
struct SourceValue: Hashable {
    /// Without a name.
    var field: BigQueryField
    var expression: String

    private init(_ type: BigQueryType, _ expression: String, mode: BigQueryField.Mode = .nullable) {
        field = BigQueryField(name: "", type: type, mode: mode)
        self.expression = expression
    }

    private static func refusal(_ message: String) -> BigQuerySchemaError { BigQuerySchemaError([message]) }
}

// MARK: PostgreSQL

extension SourceValue {
    /// A column of PostgreSQL; nil for one whose type is only an index for searching.
    ///
    /// - Parameter choice: what somebody says it is to become.
    /// - Throws: ``BigQuerySchemaError`` when it cannot be that.
    init?(postgres column: Column, in catalog: Catalog, _ choice: BigQuerySettings.ColumnChoice?) throws {
        let base = PostgresStorage.baseType(of: column.type, in: catalog)
        let name = SQLIdentifier.quoted(column.name)
        if choice == nil, base == "tsvector" || base == "tsquery" { return nil }
        let isList = base.hasSuffix("[]")
        switch choice {
        case .string: self.init(.string, "\(name)::text")
        case .json: self.init(.json, Self.isJSON(base) ? name : "to_json(\(name))")
        case .numeric, .bigNumeric:
            let isNumber =
                ["numeric", "money", "bigint", "integer", "smallint"].contains { base.hasPrefix($0) } && !isList
            guard isNumber else { throw Self.refusal("\(column.type) is no decimal number") }
            self.init(choice == .numeric ? .numeric : .bigNumeric, "\(name)::numeric::text")
        case .records, nil:
            if isList {
                self.init(list: String(base.dropLast(2)), name, in: catalog, hasNulls: choice == .records)
            } else if choice == .records {
                throw Self.refusal("RECORDS is for lists, and it is \(column.type)")
            } else {
                self.init(scalar: base, type: column.type, name, in: catalog)
            }
        case .integer, .float, .boolean, .bytes, .timestamp, .skip:
            let value = SourceValue(scalar: base, type: column.type, name, in: catalog)
            guard !isList, value.field.type.rawValue == choice?.rawValue else {
                throw Self.refusal("\(column.type) cannot be \(choice?.rawValue ?? "")")
            }
            self = value
        }
    }

    private static func isJSON(_ type: String) -> Bool { type == "json" || type == "jsonb" }

    private init(scalar base: String, type: String, _ name: String, in catalog: Catalog) {
        switch Self.withoutModifier(base) {
        case "bigint", "integer", "smallint": self.init(.integer, name)
        case "oid": self.init(.integer, "\(name)::bigint")
        case "real", "double precision": self.init(.float, name)
        case "boolean": self.init(.boolean, name)
        case "numeric": self.init(numeric: base, name)
        case "money": self.init(.numeric, "\(name)::numeric::text")
        case "bytea": self.init(.bytes, name)
        case "timestamp with time zone": self.init(.timestamp, name)
        case "timestamp without time zone": self.init(.dateTime, "\(name)::text")
        case "date": self.init(.date, "\(name)::text")
        case "time without time zone": self.init(.time, "\(name)::text")
        case "json", "jsonb": self.init(.json, name)
        // A cast would take the blanks from the end of a character(n).
        case "text", "character varying", "character": self.init(.string, name)
        case "interval": self.init(interval: name)
        case "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange":
            self.init(range: Self.withoutModifier(base), name)
        default:
            if Self.isExtension("hstore", base) {
                self.init(.json, "\(name)::json")
            } else if Self.isExtension("geometry", base) || Self.isExtension("geography", base) {
                self.init(.string, "ST_AsText(\(name))")
            } else if catalog.details.contains(where: { $0.kind == .type && $0.isComposite(base) }) {
                self.init(.json, "to_json(\(name))")
            } else {
                // Every type has a text: text, varchar, citext, uuid, inet, an enum, …
                self.init(.string, "\(name)::text")
            }
        }
    }

    /// `numeric(10,2)` without its `(10,2)`.
    private static func withoutModifier(_ type: String) -> String {
        guard let start = type.firstIndex(of: "("), let end = type[start...].firstIndex(of: ")") else { return type }
        return String(type[..<start] + type[type.index(after: end)...])
    }

    /// An extension may be installed in any schema.
    private static func isExtension(_ name: String, _ type: String) -> Bool {
        let base = withoutModifier(type)
        return base == name || base.hasSuffix(".\(name)")
    }

    /// A number with its digits; without a limit it may be more than BigQuery can hold, and is a text.
    private init(numeric type: String, _ name: String) {
        self.init(.string, "\(name)::text")
        guard let (precision, scale) = Self.digits(of: type) else { return }
        if scale <= 9, precision - scale <= 29 {
            field.type = .numeric
        } else if scale <= 38, precision - scale <= 38 {
            field.type = .bigNumeric
        } else {
            return
        }
        field.precision = precision
        field.scale = scale
    }

    /// The digits of `numeric(p,s)` in all and behind the point; nil when it has no limit.
    private static func digits(of type: String) -> (precision: Int, scale: Int)? {
        guard let start = type.firstIndex(of: "("), let end = type[start...].firstIndex(of: ")") else { return nil }
        let numbers = type[type.index(after: start)..<end].split(separator: ",").compactMap { Int($0) }
        guard let precision = numbers.first else { return nil }
        let scale = numbers.count == 2 ? numbers[1] : 0
        // numeric(2,-3) has 5 digits before the point, and numeric(3,5) none but five behind it.
        if scale < 0 { return (precision - scale, 0) }
        return (max(precision, scale), scale)
    }

    private init(interval name: String) {
        self.init(.record, "")
        field.fields = ["months", "days", "micros"].map { BigQueryField(name: $0, type: .integer) }
        expression = Self.object(
            [
                ("months", "((extract(year FROM \(name)) * 12 + extract(month FROM \(name)))::bigint)::text"),
                ("days", "extract(day FROM \(name))::bigint::text"),
                (
                    "micros",
                    "(extract(hour FROM \(name))::bigint * 3600000000 + extract(minute FROM \(name))::bigint * 60000000"
                        + " + extract(microseconds FROM \(name))::bigint)::text"
                ),
            ], unlessNull: name)
    }

    private init(range type: String, _ name: String) {
        self.init(.record, "")
        let bound: BigQueryType =
            switch type {
            case "int4range", "int8range": .integer
            case "tsrange": .dateTime
            case "tstzrange": .timestamp
            case "daterange": .date
            // The ends of a numrange have no limit.
            default: .string
            }
        field.fields = [
            BigQueryField(name: "lower", type: bound), BigQueryField(name: "upper", type: bound),
            BigQueryField(name: "lower_inc", type: .boolean), BigQueryField(name: "upper_inc", type: .boolean),
            BigQueryField(name: "empty", type: .boolean),
        ]
        expression = Self.object(
            [
                ("lower", "lower(\(name))::text"), ("upper", "upper(\(name))::text"),
                ("lower_inc", "lower_inc(\(name))::text"), ("upper_inc", "upper_inc(\(name))::text"),
                ("empty", "isempty(\(name))::text"),
            ], unlessNull: name)
    }

    private static func object(_ members: [(String, String)], unlessNull name: String) -> String {
        let list = members.map { "'\($0)', \($1)" }.joined(separator: ", ")
        return "CASE WHEN \(name) IS NOT NULL THEN json_build_object(\(list)) END"
    }

    /// A list of values that have a text; one of anything else is JSON.
    private init(list element: String, _ name: String, in catalog: Catalog, hasNulls: Bool) {
        let type = PostgresStorage.baseType(of: element, in: catalog)
        let value = SourceValue(scalar: type, type: element, "value", in: catalog)
        guard value.field.type != .record,
            !catalog.details.contains(where: { $0.kind == .type && $0.isComposite(type) })
        else {
            self.init(.json, "to_json(\(name))")
            return
        }
        self.init(value.field.type, "to_json(\(name)::text[])", mode: .repeated)
        field.precision = value.field.precision
        field.scale = value.field.scale
        if hasNulls { wrapElements() }
    }

    /// BigQuery's lists have no NULL, but records with one.
    private mutating func wrapElements() {
        var value = field
        value.name = BigQueryField.wrappedElement
        value.mode = .nullable
        field = BigQueryField(name: "", type: .record, mode: .repeated, fields: [value])
    }
}

extension BigQueryField {
    /// The field of the record that stands for an element of a list, which can be NULL.
    static let wrappedElement = "value"

    /// Whether the field is a list whose elements can be NULL.
    var isListOfWrappedElements: Bool {
        mode == .repeated && type == .record && fields.count == 1 && fields[0].name == Self.wrappedElement
    }
}

extension CatalogDetail {
    /// Whether it creates a type with fields of that name.
    fileprivate func isComposite(_ type: String) -> Bool {
        let bare = type.filter { $0 != "\"" }
        return name == bare || name.hasSuffix(".\(bare)")
    }
}

// MARK: SQLite

extension SourceValue {
    /// A column of SQLite.
    ///
    /// - Parameters:
    ///   - type: what it holds, when somebody says so.
    ///   - choice: what somebody says it is to become.
    ///   - expected: what the same column of PostgreSQL becomes; nil when there is none.
    /// - Throws: ``BigQuerySchemaError`` when it cannot be that, or nobody knows what it is.
    init(
        sqlite column: Column, type: TypeChoice?, _ choice: BigQuerySettings.ColumnChoice?, expected: BigQueryField?
    ) throws {
        let name = SQLIdentifier.quoted(column.name)
        if let expected {
            self.init(expected.type, name)
            field = expected
            expression = Self.sqliteExpression(name, for: expected, declared: column.type)
            return
        }
        if let choice {
            guard choice != .records,
                let type = choice == .string ? .string : Optional(BigQueryType(rawValue: choice.rawValue))
            else { throw Self.refusal("RECORDS is for lists of PostgreSQL") }
            self.init(type, name)
        } else if let type {
            self.init(Self.bigQueryType(of: type), name)
            if case .list = type { field.mode = .repeated }
        } else if let known = Self.declared(column.type) {
            self.init(known, name)
        } else {
            throw Self.refusal(
                "SQLite's type '\(column.type)' says nothing about the values: say in schema/bigquery.json which type "
                    + "the column has in BigQuery")
        }
        expression = Self.sqliteExpression(name, for: field, declared: column.type)
    }

    /// Texts of numbers and of UUIDs that are kept as something else.
    private static func sqliteExpression(_ name: String, for field: BigQueryField, declared: String) -> String {
        switch field.type {
        case .numeric, .bigNumeric: return "CAST(\(name) AS TEXT)"
        case .string where field.mode != .repeated && declared.uppercased() == "BLOB":
            // A UUID in 16 bytes.
            let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)].map { "substr(hex(\(name)), \($0), \($1))" }
            return "CASE WHEN \(name) IS NOT NULL THEN lower(\(parts.joined(separator: " || '-' || "))) END"
        case .string where field.mode != .repeated && declared.uppercased() != "TEXT": return "CAST(\(name) AS TEXT)"
        default: return name
        }
    }

    private static func bigQueryType(of choice: TypeChoice) -> BigQueryType {
        switch choice {
        case .scalar(let type), .list(let type, _):
            switch type {
            case .int64, .int32, .int16: .integer
            case .bool: .boolean
            case .double, .float: .float
            case .string, .uuid, .decimal, .timeWithOffset, .interval: .string
            case .instant: .timestamp
            case .json: .json
            case .bytes: .bytes
            case .date: .date
            case .time: .time
            case .localDateTime: .dateTime
            }
        case .codable: .json
        case .own, .custom: .string
        }
    }

    /// What a declared type says (<https://sqlite.org/datatype3.html>).
    private static func declared(_ type: String) -> BigQueryType? {
        switch SQLiteStorage(declaredType: type) {
        case .integer: return .integer
        case .real: return .float
        case .text: return .string
        case .blob: return .bytes
        case nil: break
        }
        return switch type.uppercased().prefix(while: { $0 != "(" }) {
        case "BOOLEAN", "BOOL": .boolean
        case "DATETIME", "TIMESTAMP": .timestamp
        case "NUMERIC", "DECIMAL": .numeric
        case "JSON": .json
        case "DATE": .date
        default: nil
        }
    }
}
