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

    init(_ type: BigQueryType, _ expression: String, mode: BigQueryField.Mode = .nullable) {
        field = BigQueryField(name: "", type: type, mode: mode)
        self.expression = expression
    }

    static func refusal(_ message: String) -> BigQuerySchemaError { BigQuerySchemaError([message]) }
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

    /// A value that is no list.
    ///
    /// - Parameters:
    ///   - base: the type below all domains.
    ///   - name: what gives the value in SQL.
    init(scalar base: String, type: String, _ name: String, in catalog: Catalog) {
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
            } else if let composite = CompositeType(base, in: catalog) {
                self.init(composite, name, in: catalog)
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
        field.fields = BigQueryField.intervalFields
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

    /// SQL that makes an object of JSON; the value of a composite whose fields are all NULL is not NULL itself.
    static func object(_ members: [(String, String)], unlessNull name: String) -> String {
        let list = members.map { "'\($0)', \($1)" }.joined(separator: ", ")
        return "CASE WHEN \(name) IS DISTINCT FROM NULL THEN json_build_object(\(list)) END"
    }

    /// A list of values that have a text; one of anything else is JSON.
    init(list element: String, _ name: String, in catalog: Catalog, hasNulls: Bool) {
        let type = PostgresStorage.baseType(of: element, in: catalog)
        let value = SourceValue(scalar: type, type: element, "value", in: catalog)
        guard value.field.type != .record else {
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
