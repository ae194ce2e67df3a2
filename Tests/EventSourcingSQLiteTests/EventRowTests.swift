import EventSourcing
import EventSourcingSQL
import EventSourcingSQLite
import StandardSchema
import Testing

@Suite("A row of an events table")
struct EventRowTests {
    /// Reads a row that has these values where an events table has an id and data, as SQL.
    private func event(id: String = "'id'", json: String = "NULL", binary: String = "NULL") throws
        -> Event<StandardColumns>
    {
        let statement = try SQLiteConnection(path: ":memory:").prepare(
            """
            SELECT 1, 'order-1', 1, \(id), 'OrderPlaced', '/shop', NULL, \(json), \(binary), NULL, NULL, '1.0', NULL, NULL,
            NULL, 0, 0
            """)
        return try #require(try statement.first { row in try EventsTable.read(row).event })
    }

    @Test("has JSON, bytes or nothing as its data")
    func data() throws {
        #expect(try event(json: #"'{"a": 1}'"#).data == .json(JSON(#"{"a": 1}"#)))
        #expect(try event(binary: "x'00ff'").data == .binary([0, 255]))
        #expect(try event().data == nil)
        #expect(try event(json: "''").data == .json(JSON(uncheckedBytes: [])))
        #expect(try event(id: "'\u{e9}'", json: "'1'").id == "\u{e9}" && event(id: "''", json: "'1'").id == "")
    }

    @Test("is refused when its id or its data is something else, which the error names", arguments: [true, false])
    func refused(hasJSON: Bool) {
        let json = hasJSON ? "'{}'" : "NULL"
        func message(_ body: () throws -> Event<StandardColumns>) -> String {
            do {
                return "\(try body())"
            } catch {
                return "\(error)"
            }
        }
        #expect(message { try event(id: "NULL", json: json) }.contains("a text"))
        #expect(message { try event(id: "7", json: json) }.contains("a text"))
        #expect(message { try event(id: "CAST(x'ff' AS TEXT)", json: json) }.contains("a text in UTF-8"))
        #expect(message { try event(json: "x'00'") }.contains("JSON as a text"))
        #expect(message { try event(json: "7") }.contains("JSON as a text"))
        #expect(message { try event(binary: "'text'") }.contains("bytes"))
    }
}
