import JSONText

/// A type of BigQuery by the name that its REST API answers with: `INTEGER` and not `INT64`.
struct BigQueryType: RawRepresentable, Hashable, Sendable {
    let rawValue: String

    /// Takes also the names that SQL has for the same types.
    init(rawValue: String) {
        let name = rawValue.uppercased()
        self.rawValue = Self.legacyNames[name] ?? name
    }

    static let string = BigQueryType(rawValue: "STRING")
    static let bytes = BigQueryType(rawValue: "BYTES")
    static let integer = BigQueryType(rawValue: "INTEGER")
    static let float = BigQueryType(rawValue: "FLOAT")
    static let numeric = BigQueryType(rawValue: "NUMERIC")
    static let bigNumeric = BigQueryType(rawValue: "BIGNUMERIC")
    static let boolean = BigQueryType(rawValue: "BOOLEAN")
    static let timestamp = BigQueryType(rawValue: "TIMESTAMP")
    static let date = BigQueryType(rawValue: "DATE")
    static let time = BigQueryType(rawValue: "TIME")
    static let dateTime = BigQueryType(rawValue: "DATETIME")
    static let json = BigQueryType(rawValue: "JSON")
    static let record = BigQueryType(rawValue: "RECORD")

    /// What SQL calls the type: `INT64`.
    var sqlName: String {
        Self.legacyNames.first { $0.value == rawValue && $0.key.hasSuffix("64") }?.key ?? Self.sqlNames[rawValue]
            ?? rawValue
    }

    private static let legacyNames = [
        "INT64": "INTEGER", "FLOAT64": "FLOAT", "BOOL": "BOOLEAN", "STRUCT": "RECORD", "DECIMAL": "NUMERIC",
        "BIGDECIMAL": "BIGNUMERIC",
    ]
    private static let sqlNames = ["BOOLEAN": "BOOL", "RECORD": "STRUCT"]
}

/// A column of a table of BigQuery, or a field of a record in one.
struct BigQueryField: Hashable, Sendable {
    /// Whether a value must be there, and whether there can be several.
    enum Mode: String, Hashable, Sendable {
        case nullable = "NULLABLE"
        case required = "REQUIRED"
        case repeated = "REPEATED"
    }

    var name: String
    var type: BigQueryType
    var mode = Mode.nullable
    /// How many digits a NUMERIC has in all, and behind the point; nil leaves it to the type.
    var precision: Int?
    var scale: Int?
    /// The fields of a RECORD.
    var fields: [BigQueryField] = []
    var description: String?
}

extension BigQueryField {
    /// Reads a field as the REST API and `bq` write it; nil when it is none.
    init?(_ node: JSONNode) {
        guard let name = node["name"]?.string, let type = node["type"]?.string else { return nil }
        self.init(
            name: name, type: BigQueryType(rawValue: type),
            mode: node["mode"]?.string.flatMap { Mode(rawValue: $0.uppercased()) } ?? .nullable,
            precision: node["precision"]?.wholeNumber, scale: node["scale"]?.wholeNumber,
            fields: (node["fields"]?.items ?? []).compactMap { BigQueryField($0) },
            description: node["description"]?.string)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("type", type.rawValue)
            writer.member("mode", mode.rawValue)
            // Numbers of 64 bits are texts in the REST API.
            writer.member("precision", precision.map(String.init))
            writer.member("scale", scale.map(String.init))
            writer.member("description", description)
            if !fields.isEmpty {
                writer.key("fields")
                writer.array { writer in fields.forEach { $0.write(to: &writer) } }
            }
        }
    }

    /// The type as SQL has it: `ARRAY<STRUCT<value STRING>>`.
    var sqlType: String {
        var text = type.sqlName
        if type == .record {
            text += "<" + fields.map { "\(BigQueryName.quoted($0.name)) \($0.sqlType)" }.joined(separator: ", ") + ">"
        } else if let precision {
            text += "(\(precision)\(scale.map { ", \($0)" } ?? ""))"
        }
        return mode == .repeated ? "ARRAY<\(text)>" : text
    }
}

extension BigQueryField {
    /// The field of the record that stands for an element of a list, which can be NULL.
    static let wrappedElement = "value"

    /// Whether the field is a list whose elements can be NULL.
    var isListOfWrappedElements: Bool {
        mode == .repeated && type == .record && fields.count == 1 && fields[0].name == Self.wrappedElement
    }

    /// The fields of the record that stands for an interval.
    static let intervalFields = ["months", "days", "micros"].map { BigQueryField(name: $0, type: .integer) }

    /// Whether the field is the record that stands for an interval.
    var isInterval: Bool { type == .record && fields == Self.intervalFields }
}
