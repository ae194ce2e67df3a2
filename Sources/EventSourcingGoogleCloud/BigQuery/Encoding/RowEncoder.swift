import EventSourcingSQL
import JSONText

/// Writes the rows of a batch as lines of JSON: the same bytes for the same row and recipe, always.
///
/// The members come in the order of the recipe; one that is NULL is left out.
struct RowEncoder {
    private struct Column {
        let name: String
        /// `,"name":`
        let key: [UInt8]
        let encoder: FieldEncoder
        let isList: Bool
        let type: BigQueryType
    }

    private let columns: [Column]
    /// The index of the first column in a row; before it come those that name the event.
    private let first: Int

    init(_ recipe: BatchRecipe) {
        first = BatchRecipe.keys.count
        columns = recipe.columns.map { column in
            var key: [UInt8] = [UInt8(ascii: ",")]
            JSONWriter.append(column.field.name, to: &key)
            key.append(UInt8(ascii: ":"))
            return Column(
                name: column.column, key: key, encoder: FieldEncoder(field: column.field),
                isList: column.field.mode == .repeated, type: column.field.type)
        }
    }

    /// Appends a row and the end of its line.
    ///
    /// - Throws: ``ValueProblem`` with the column; what was appended is of no use then.
    func append<Row: ContentReader & ~Copyable>(_ row: borrowing Row, to line: inout [UInt8]) throws {
        let start = line.count
        for index in 0..<columns.count {
            let column = columns[index]
            if row.isNull(at: first + index) { continue }
            line.append(contentsOf: column.key)
            do {
                try append(row, at: first + index, column, to: &line)
            } catch var problem as ValueProblem {
                problem.column = column.name
                throw problem
            } catch let error as DatabaseError {
                var problem = ValueProblem(error.message)
                problem.column = column.name
                throw problem
            }
        }
        // The first comma makes room for the brace.
        if line.count == start { line.append(UInt8(ascii: "{")) } else { line[start] = UInt8(ascii: "{") }
        line.append(UInt8(ascii: "}"))
        line.append(UInt8(ascii: "\n"))
    }

    @inline(__always)
    private func append<Row: ContentReader & ~Copyable>(
        _ row: borrowing Row, at index: Int, _ column: Column, to line: inout [UInt8]
    ) throws {
        if column.isList {
            return try row.withContent(at: index) { try column.encoder.appendList($0, to: &line) }
        }
        switch column.type {
        case .string: try row.withContent(at: index) { JSONBytes.append(text: $0, to: &line) }
        case .json: try row.withContent(at: index) { try InlineJSON.append($0, to: &line) }
        case .integer: JSONBytes.append(try row.int64(at: index), to: &line)
        case .float: JSONBytes.append(try row.double(at: index), to: &line)
        case .boolean: line.append(contentsOf: (try row.bool(at: index) ? "true" : "false").utf8)
        case .bytes: try row.withContent(at: index) { JSONBytes.append(base64: $0, to: &line) }
        case .timestamp: try appendTimestamp(row, at: index, column, to: &line)
        default: try row.withContent(at: index) { try column.encoder.append($0, to: &line) }
        }
    }

    /// SQLite may also keep the text of a time.
    private func appendTimestamp<Row: ContentReader & ~Copyable>(
        _ row: borrowing Row, at index: Int, _ column: Column, to line: inout [UInt8]
    ) throws {
        let microseconds: Int64
        do {
            microseconds = try row.instant(at: index).microsecondsSince1970
        } catch let error as DatabaseError {
            let isText: Void? = try? row.withContent(at: index) { try column.encoder.append($0, to: &line) }
            if isText == nil { throw ValueProblem(error.message) }
            return
        }
        try JSONBytes.append(microseconds: microseconds, to: &line)
    }
}
