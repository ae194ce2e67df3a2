import JSONText
package import SQLSchema

/// What becomes of an events table in BigQuery: the table there, and where the values of its columns come from.
package struct BigQueryMapping: Hashable, Sendable {
    /// A column of BigQuery, and how its value is read from the database.
    struct Column: Hashable, Sendable {
        /// The name in the database.
        let column: String
        let field: BigQueryField
        /// The SQL that gives the value in the form that the row encoder takes for the field.
        let expressions: [Dialect: String]
    }

    /// The name of the files that describe the table.
    package let name: String
    /// The table in each dialect that has it.
    package let relations: [Dialect: RelationName]
    let columns: [Column]
    let table: BigQueryTable

    /// The table's JSON, as the REST API takes it, without the name.
    package var tableJSON: String {
        var writer = JSONWriter()
        writer.object { writer in table.writeMembers(to: &writer) }
        return writer.text
    }

    /// The columns as `bq load --schema` takes them.
    package var fieldsJSON: String {
        var writer = JSONWriter()
        writer.array { writer in table.fields.forEach { $0.write(to: &writer) } }
        return writer.text
    }

    /// The statement that creates the table.
    ///
    /// - Parameter name: `project.dataset.table`.
    package func ddl(name: String) -> String { table.ddl(name: name) }
}

/// What the rows of a batch are read and encoded with: all that its bytes depend on, beside the range.
///
/// It is kept with the plan of a batch, so that the same bytes are made again, also by a program that has another schema by
/// now.
struct BatchRecipe: Hashable, Sendable {
    struct Column: Hashable, Sendable {
        let column: String
        /// The SQL that gives the value.
        let expression: String
        let field: BigQueryField
    }

    /// The table as it is written into SQL.
    let table: String
    let columns: [Column]
    /// Whether a batch is loaded into a table of its own, from which a MERGE brings what is new into the destination.
    let usesStaging: Bool

    /// The columns that every recipe has, in the order in which a query gives them before all others.
    static let keys = ["position", "aggregate_id", "event_id"]

    init(table: String, columns: [Column], usesStaging: Bool = false) {
        self.table = table
        self.columns = columns
        self.usesStaging = usesStaging
    }

    /// The recipe for a database of a dialect.
    ///
    /// - Throws: ``BigQuerySchemaError`` when the dialect lacks the table or a column.
    init(_ mapping: BigQueryMapping, in dialect: Dialect, usesStaging: Bool = false) throws {
        self.usesStaging = usesStaging
        guard let relation = mapping.relations[dialect] else {
            throw BigQuerySchemaError(["the database has no table \(mapping.name)"])
        }
        table = relation.quoted
        columns = try mapping.columns.map { column in
            guard let expression = column.expressions[dialect] else {
                throw BigQuerySchemaError([
                    "the column \(column.column) of \(mapping.name) cannot be read from \(dialect.displayName)"
                ])
            }
            return Column(column: column.column, expression: expression, field: column.field)
        }
    }

    /// The text that is kept.
    var text: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("table", table)
            writer.member("staging", usesStaging)
            writer.key("columns")
            writer.array { writer in
                for column in columns {
                    writer.object { writer in
                        writer.member("column", column.column)
                        writer.member("expression", column.expression)
                        writer.key("field")
                        column.field.write(to: &writer)
                    }
                }
            }
        }
        return writer.text
    }

    /// Reads the text that was kept; nil when it is none.
    init?(text: String) {
        guard let root = try? JSONNode(parsing: Array(text.utf8)), let table = root["table"]?.string,
            let items = root["columns"]?.items
        else { return nil }
        self.table = table
        usesStaging = root["staging"]?.bool ?? false
        columns = items.compactMap { item in
            guard let column = item["column"]?.string, let expression = item["expression"]?.string,
                let field = item["field"].flatMap({ BigQueryField($0) })
            else { return nil }
            return Column(column: column, expression: expression, field: field)
        }
        guard columns.count == items.count else { return nil }
    }
}
