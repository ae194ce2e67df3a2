import Testing

@testable import EventSourcing

@Suite("An event that was loaded")
struct LoadedEventTests {
    private static let text = #"{"total": 20.00}"#

    private func loaded(id: String = "event-é", json: String = text) -> Event<StandardColumns> {
        var (id, json) = (id, json)
        let shared = id.withUTF8 { id in
            json.withUTF8 { json in
                SharedAttributes(
                    id: id, type: "OrderPlaced", source: "/shop", subject: nil, time: nil, json: json,
                    dataContentType: nil, dataSchema: nil, specVersion: "1.0", extensions: ["a": .integer(1)],
                    correlationID: "trace", causationID: nil)
            }
        }
        return Event(shared: shared, columns: StandardColumns())
    }

    private func made(id: String = "event-é", json: String = text) throws -> Event<StandardColumns> {
        Event(
            id: id, type: "OrderPlaced", source: "/shop", data: .json(try JSON(json)), extensions: ["a": .integer(1)],
            correlationID: "trace")
    }

    @Test("is the same as the one that was saved")
    func equality() throws {
        #expect(loaded() == loaded())
        #expect(try loaded() == made() && made() == loaded())
        #expect(try loaded(id: "other") != made())
        #expect(try loaded(json: #"{"total": 20}"#) != made())
        #expect(loaded().id == "event-é" && loaded().correlationID == "trace")
        #expect(loaded().data?.json?.text == Self.text)
    }

    @Test("keeps everything else when an attribute is changed")
    func changing() throws {
        var event = loaded()
        let before = event
        event.type = "OrderPaid"
        #expect(event.id == "event-é" && event.data?.json?.text == Self.text && before.type == "OrderPlaced")
        event.type = "OrderPlaced"
        #expect(try event == made())
        event.id = ""
        #expect(event.id == "" && before.id == "event-é")
        event.data = nil
        #expect(event.data == nil && before.data != nil)
    }

    @Test("has JSON that outlives it, and is that of any other origin with the same bytes")
    func json() throws {
        let json: JSON? = {
            let event = loaded()
            return event.data?.json
        }()
        let copy = try JSON(Self.text)
        #expect(json == copy && json?.hashValue == copy.hashValue && json?.bytes == copy.bytes)
        #expect(json?.withBytes { $0.count } == Self.text.utf8.count)
        #expect(try json?.decode([String: Int].self) == ["total": 20])
        #expect(try json != JSON("{}") && copy != JSON(#"{"total": 20.01}"#))
    }

    @Test("may have an empty id, and what is no JSON at all, as tables without checks hold them")
    func empty() {
        #expect(loaded(id: "").id == "" && loaded(id: "").data?.json?.text == Self.text)
        let event = loaded(json: "")
        #expect(event.id == "event-é" && event.data == .json(JSON(uncheckedBytes: [])))
    }
}
