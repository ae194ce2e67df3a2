import EventSourcing
import EventSourcingSQL
import JSONText

/// Writes a value that is a text, as the database writes it, in the form that a field of BigQuery takes.
struct FieldEncoder {
    let field: BigQueryField

    /// Appends a value that is no list.
    func append(_ text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) throws {
        switch field.type {
        case .json: try InlineJSON.append(text, to: &line)
        case .integer:
            guard let number = Int64(Self.string(text)) else { throw ValueProblem("it is no whole number of 64 bits") }
            JSONBytes.append(number, to: &line)
        case .float:
            guard let number = Double(Self.string(text)) else { throw ValueProblem("it is no number") }
            JSONBytes.append(number, to: &line)
        case .boolean: try appendFlag(Self.string(text), to: &line)
        case .numeric, .bigNumeric:
            try check(number: text)
            JSONBytes.append(text: text, to: &line)
        case .bytes: try Self.append(hexadecimal: text, to: &line)
        case .timestamp: try Self.append(timestamp: Self.string(text), to: &line)
        case .date:
            try Self.check(date: text)
            JSONBytes.append(text: text, to: &line)
        case .time:
            try Self.check(time: text)
            JSONBytes.append(text: text, to: &line)
        case .dateTime: try Self.append(dateTime: text, to: &line)
        case .record: try appendRecord(text, to: &line)
        default: JSONBytes.append(text: text, to: &line)
        }
    }

    static func string(_ text: UnsafeBufferPointer<UInt8>) -> String { String(decoding: text, as: UTF8.self) }

    private func appendFlag(_ text: String, to line: inout [UInt8]) throws {
        switch text {
        case "true", "t", "1": line.append(contentsOf: "true".utf8)
        case "false", "f", "0": line.append(contentsOf: "false".utf8)
        default: throw ValueProblem("it is neither true nor false")
        }
    }

    // MARK: Numbers

    private func check(number text: UnsafeBufferPointer<UInt8>) throws {
        guard let number = DecimalNumber(Self.string(text)) else {
            throw ValueProblem("it is no finite number, which \(field.type.rawValue) must be")
        }
        let scale = field.precision == nil ? (field.type == .numeric ? 9 : 38) : field.scale ?? 0
        let whole = field.precision.map { $0 - scale } ?? (field.type == .numeric ? 29 : 38)
        guard number.wholeDigits <= whole, number.fractionDigits <= scale else {
            throw ValueProblem(
                "\(field.sqlType) holds \(whole) digits before and \(scale) behind the point, and it has "
                    + "\(number.wholeDigits) and \(number.fractionDigits)")
        }
    }

    // MARK: Bytes

    /// PostgreSQL writes bytes as `\x00ff`.
    private static func append(hexadecimal text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) throws {
        guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x") else {
            throw ValueProblem("it is no text of bytes")
        }
        let bytes = try stride(from: 2, to: text.count, by: 2).map { index in
            let digits = String(decoding: UnsafeBufferPointer(rebasing: text[index..<(index + 2)]), as: UTF8.self)
            guard let byte = UInt8(digits, radix: 16) else { throw ValueProblem("it is no text of bytes") }
            return byte
        }
        bytes.withUnsafeBufferPointer { JSONBytes.append(base64: $0, to: &line) }
    }

    // MARK: Times

    /// PostgreSQL leaves out the minutes of an offset that has none.
    private static func append(timestamp text: String, to line: inout [UInt8]) throws {
        let hasNoMinutes =
            text.utf8.dropLast(2).last.map { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } ?? false
        guard let instant = Instant(hasNoMinutes ? text + ":00" : text) ?? Instant(text + "Z"),
            instant.isWholeMicroseconds
        else { throw ValueProblem("it is no time of the years 1 to 9999 with whole microseconds") }
        try JSONBytes.append(microseconds: instant.microsecondsSince1970, to: &line)
    }

    private static func check(date text: UnsafeBufferPointer<UInt8>) throws {
        guard text.count == 10, matches(text, "0000-00-00"), text.prefix(4).contains(where: { $0 != 0x30 }) else {
            throw ValueProblem("it is no day of the years 1 to 9999")
        }
    }

    private static func check(time text: UnsafeBufferPointer<UInt8>) throws {
        let fraction = text.dropFirst(9)
        guard text.count == 8 || (10...15 ~= text.count && text[8] == UInt8(ascii: ".")),
            matches(UnsafeBufferPointer(rebasing: text.prefix(8)), "00:00:00"),
            fraction.allSatisfy({ 0x30...0x39 ~= $0 }), !text.starts(with: "24".utf8)
        else { throw ValueProblem("it is no time of a day from 00:00:00 to 23:59:59.999999") }
    }

    private static func append(dateTime text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) throws {
        guard text.count > 11, text[10] == UInt8(ascii: " ") || text[10] == UInt8(ascii: "T") else {
            throw ValueProblem("it is no day and time of the years 1 to 9999")
        }
        try check(date: UnsafeBufferPointer(rebasing: text.prefix(10)))
        try check(time: UnsafeBufferPointer(rebasing: text.dropFirst(11)))
        let start = line.count
        JSONBytes.append(text: text, to: &line)
        line[start + 11] = UInt8(ascii: "T")
    }

    /// Whether a text has digits where a pattern has zeros, and otherwise what the pattern has.
    private static func matches(_ text: UnsafeBufferPointer<UInt8>, _ pattern: StaticString) -> Bool {
        pattern.withUTF8Buffer { pattern in
            text.count == pattern.count
                && zip(text, pattern).allSatisfy { $1 == 0x30 ? 0x30...0x39 ~= $0 : $0 == $1 }
        }
    }

    // MARK: Lists and records

    /// Appends a list, which is JSON with the texts of its elements.
    func appendList(_ text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) throws {
        guard let items = (try? JSONNode(parsing: Array(text)))?.items else {
            throw ValueProblem("it is no list in JSON")
        }
        try append(items, to: &line)
    }

    private func append(_ items: [JSONNode], to line: inout [UInt8]) throws {
        let isWrapped = field.isListOfWrappedElements
        var element = isWrapped ? field.fields[0] : field
        element.mode = .nullable
        let encoder = FieldEncoder(field: element)
        line.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            if isWrapped { line.append(contentsOf: #"{"value":"#.utf8) }
            if try !encoder.append(item, to: &line) {
                guard isWrapped else {
                    throw ValueProblem(
                        "an element of the list is NULL, which BigQuery's lists do not have; say \"RECORDS\" for the "
                            + "column in schema/bigquery.json")
                }
                line.append(contentsOf: "null".utf8)
            }
            if isWrapped { line.append(UInt8(ascii: "}")) }
        }
        line.append(UInt8(ascii: "]"))
    }

    private func appendRecord(_ text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) throws {
        if field.isInterval, text.first != UInt8(ascii: "{") {
            // SQLite keeps the literal of an interval.
            guard let interval = CalendarInterval(literal: Self.string(text)) else {
                throw ValueProblem("it is no interval")
            }
            line.append(
                contentsOf: "{\"months\":\"\(interval.months)\",\"days\":\"\(interval.days)\",".utf8)
            line.append(contentsOf: "\"micros\":\"\(interval.microseconds)\"}".utf8)
            return
        }
        guard let node = try? JSONNode(parsing: Array(text)) else { throw ValueProblem("it is no record in JSON") }
        try append(record: node, to: &line)
    }

    private func append(record node: JSONNode, to line: inout [UInt8]) throws {
        line.append(UInt8(ascii: "{"))
        var isFirst = true
        for field in field.fields {
            guard let value = node[field.name], !value.isNull else { continue }
            if !isFirst { line.append(UInt8(ascii: ",")) }
            isFirst = false
            line.append(contentsOf: "\"\(field.name)\":".utf8)
            do {
                _ = try FieldEncoder(field: field).append(value, to: &line)
            } catch let problem as ValueProblem {
                throw ValueProblem("\(field.name) of the record: \(problem.reason)")
            }
        }
        line.append(UInt8(ascii: "}"))
    }

    /// Appends a value that stands in JSON, as its text or as JSON has it; false for null, for which nothing is appended.
    private func append(_ node: JSONNode, to line: inout [UInt8]) throws -> Bool {
        let text: String
        switch node.value {
        case .null: return false
        case .bool(let flag): text = flag ? "true" : "false"
        case .number(let digits): text = digits
        case .string(let string): text = string
        case .array(let items) where field.mode == .repeated:
            try append(items, to: &line)
            return true
        case .object where field.type == .record:
            try append(record: node, to: &line)
            return true
        case .array: throw ValueProblem("the list has lists in it; say \"JSON\" for the column in schema/bigquery.json")
        case .object: throw ValueProblem("an element is an object; say \"JSON\" for the column in schema/bigquery.json")
        }
        try Array(text.utf8).withUnsafeBufferPointer { try append($0, to: &line) }
        return true
    }
}

extension JSONNode {
    fileprivate var isNull: Bool {
        if case .null = value { true } else { false }
    }
}
