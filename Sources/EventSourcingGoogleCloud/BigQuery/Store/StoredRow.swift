import EventSourcing
import Foundation
import JSONText

/// An event as a query gives it: the values of a row, which are texts.
struct StoredRow {
    let event: RecordedEvent<StandardColumns>

    /// - Throws: ``GoogleCloudError`` when a value is not what its column should have.
    init(_ values: [String?]) throws {
        guard values.count == StoreQueries.columns.count else { throw Self.unexpected("a row") }
        func text(_ index: Int) throws -> String {
            guard let text = values[index] else { throw Self.unexpected(StoreQueries.columns[index]) }
            return text
        }
        func number(_ index: Int) throws -> Int {
            guard let number = Int(try text(index)) else { throw Self.unexpected(StoreQueries.columns[index]) }
            return number
        }
        let data = try values[7].map { EventData.json(try JSON($0)) } ?? Self.bytes(values[8]).map { .binary($0) }
        let recordedAt = Instant(microsecondsSince1970: Int64(try number(16)))
        var event = Event(
            id: try text(3), type: try text(4), source: values[5] ?? "", subject: values[6], data: data,
            correlationID: values[13], causationID: values[14], columns: StandardColumns())
        event.time = values[15].flatMap { Int64($0) }.map { Instant(microsecondsSince1970: $0) } ?? recordedAt
        event.dataContentType = values[9]
        event.dataSchema = values[10]
        event.specVersion = values[11] ?? "1.0"
        if let extensions = values[12] { event.extensions = try [String: ExtensionValue](json: try JSON(extensions)) }
        self.event = RecordedEvent(
            aggregateID: try text(1), version: try number(2), position: try number(0), recordedAt: recordedAt,
            event: event)
    }

    private static func bytes(_ base64: String?) throws -> [UInt8]? {
        guard let base64 else { return nil }
        guard let data = Data(base64Encoded: base64) else { throw unexpected("data_binary") }
        return Array(data)
    }

    private static func unexpected(_ what: String) -> GoogleCloudError {
        GoogleCloudError(.unexpectedAnswer, "the answer to a query has an unexpected value: \(what)")
    }
}

extension Event<StandardColumns> {
    /// The event with its JSON in the one form that all equal JSON has, as far as BigQuery tells it apart.
    var withCanonicalData: Event<StandardColumns> {
        guard let json = data?.json, let node = try? JSONNode(parsing: json.bytes) else { return self }
        var writer = JSONWriter()
        node.writeCanonically(to: &writer)
        var event = self
        event.data = .json(JSON(uncheckedBytes: writer.bytes))
        return event
    }
}

extension JSONNode {
    /// Members are sorted, of two with one key the first counts, and numbers have no superfluous digits.
    fileprivate func writeCanonically(to writer: inout JSONWriter) {
        switch value {
        case .null: writer.null()
        case .bool(let flag): writer.bool(flag)
        case .string(let text): writer.string(text)
        case .number(let digits):
            let number = DecimalNumber(digits)
            writer.string("\(number?.isNegative ?? false) \(number?.digits ?? []) \(number?.exponent ?? 0)")
        case .array(let items):
            writer.array { writer in
                for item in items { item.writeCanonically(to: &writer) }
            }
        case .object(let members):
            var seen: Set<String> = []
            let distinct = members.filter { seen.insert($0.key).inserted }.sorted { $0.key < $1.key }
            writer.object { writer in
                for member in distinct {
                    writer.key(member.key)
                    member.value.writeCanonically(to: &writer)
                }
            }
        }
    }
}
