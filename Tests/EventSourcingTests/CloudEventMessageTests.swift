import EventSourcing
import Testing

@Suite("A CloudEvents message")
struct CloudEventMessageTests {
    private func parse(_ text: String) throws -> CloudEventMessage {
        try CloudEventMessage(parsing: Array(text.utf8))
    }

    @Test("gives every attribute, and data byte for byte")
    func everything() throws {
        let message = try parse(
            #"""
            { "specversion":"1.0", "id":"1", "source":"/shop", "type":"Placed", "subject":"order-1",
              "time":"2011-10-01T00:38:44.546+02:00", "datacontenttype":"application/json", "dataschema":"/s",
              "correlationid":"c", "causationid":"0", "aggregateid":"a", "partition":-5, "urgent":true, "region":"é\n",
              "data": {"a" : 1e400, "a":"\u0000\ud800"} }
            """#)
        let event = message.event
        #expect(event.id == "1" && event.type == "Placed" && event.source == "/shop" && event.subject == "order-1")
        #expect(event.time == Instant("2011-09-30T22:38:44.546Z"))
        #expect(event.dataContentType == "application/json" && event.dataSchema == "/s")
        #expect(event.correlationID == "c" && event.causationID == "0")
        #expect(event.extensions == ["partition": -5, "urgent": true, "region": "é\n"])
        #expect(event.data?.json?.text == #"{"a" : 1e400, "a":"\u0000\ud800"}"#)
        #expect(message.aggregateID == "a")
        #expect(try message.aggregateID(from: "subject") == "a")
    }

    @Test("takes null for absent, but null data for data")
    func nulls() throws {
        let message = try parse(
            #"{"specversion":"1.0","id":"1","source":"/","type":"T","subject":null,"x":null,"data":null}"#)
        #expect(message.event.subject == nil)
        #expect(message.event.extensions.isEmpty)
        #expect(message.event.data?.json?.text == "null")
    }

    @Test("decodes base 64, and an empty one")
    func binary() throws {
        let head = #"{"specversion":"1.0","id":"1","source":"/","type":"T","data_base64":"#
        #expect(try parse(head + #""AP/+"}"#).event.data?.binary == [0, 255, 254])
        #expect(try parse(head + #"""}"#).event.data?.binary == [])
    }

    @Test("cuts a time finer than a microsecond and says so")
    func fineTime() throws {
        let head = #"{"specversion":"1.0","id":"1","source":"/","type":"T","time":"#
        let message = try parse(head + #""2011-10-01T00:38:44.1234567Z"}"#)
        #expect(message.isTimeTruncated)
        #expect(message.event.time == Instant("2011-10-01T00:38:44.123456Z"))
        #expect(try !parse(head + #""2011-10-01T00:38:44.123456000Z"}"#).isTimeTruncated)
        #expect(try parse(head + #""2011-10-01T00:38:44.12345600000001Z"}"#).isTimeTruncated)
    }

    @Test(
        "names the member that is wrong",
        arguments: [
            (#"{"specversion":"1.0","source":"/","type":"T"}"#, "id"),
            (#"{"specversion":"1.0","id":"","source":"/","type":"T"}"#, "id"),
            (#"{"specversion":"1.0","id":"1","type":"T"}"#, "source"),
            (#"{"specversion":"1.0","id":"1","source":"/"}"#, "type"),
            (#"{"id":"1","source":"/","type":"T"}"#, "specversion"),
            (#"{"specversion":"0.3","id":"1","source":"/","type":"T"}"#, "specversion"),
            (#"{"specversion":"1.0","id":1,"source":"/","type":"T"}"#, "id"),
            (#"{"specversion":"1.0","id":"1","id":"1","source":"/","type":"T"}"#, "id"),
            (#"{"specversion":"1.0","id":"\ud800","source":"/","type":"T"}"#, "id"),
            (#"{"specversion":"1.0","id":"1","source":"/","type":"T","time":"now"}"#, "time"),
            (#"{"specversion":"1.0","id":"1","source":"/","type":"T","x":1.5}"#, "x"),
            (#"{"specversion":"1.0","id":"1","source":"/","type":"T","x":{}}"#, "x"),
            (#"{"specversion":"1.0","id":"1","source":"/","type":"T","x":2147483648}"#, "x"),
            (#"{"specversion":"1.0","id":"1","source":"/","type":"T","data_base64":"?"}"#, "data_base64"),
            (#"{"specversion":"1.0","id":"1","source":"/","type":"T","data":1,"data_base64":""}"#, "data_base64"),
            (#"{"specversion":"1.0","id":"1","source":"/","type":"T","data":1,"data":2}"#, "data"),
        ])
    func mistakes(text: String, member: String) {
        #expect { try parse(text) } throws: { ($0 as? CloudEventError)?.member == member }
    }

    @Test("is refused where it is not JSON, with the place")
    func notJSON() {
        #expect { try parse(#"{"id":"1",}"#) } throws: { ($0 as? InvalidJSONError)?.offset == 10 }
        #expect(throws: InvalidJSONError.self) { try parse(#"{"id":"1"} x"#) }
        #expect(throws: CloudEventError.self) { try parse("[]") }
    }

    @Test("of a recorded event reads back as the same event")
    func writing() throws {
        let event = Event(
            id: "\"\\\u{1}é", type: "T", source: "/", subject: "s", time: Instant(microsecondsSince1970: -1),
            data: .json(try JSON("{\n\"a\": [1,\r\n2]}")), dataContentType: "application/json", dataSchema: "/s",
            extensions: ["a": "1", "b": 1, "c": false], correlationID: "c", causationID: "d")
        let recorded = RecordedEvent(
            aggregateID: "stream", version: 1, position: 1, recordedAt: .now(), event: event)
        let line = CloudEventMessage(recorded).line
        #expect(!line.contains(UInt8(ascii: "\n")))
        let message = try CloudEventMessage(parsing: line)
        var expected = event
        expected.data = .json(try JSON("{ \"a\": [1,  2]}"))
        #expect(message.event == expected)
        #expect(message.aggregateID == "stream")
    }

    @Test("names the stream only where the subject does not")
    func stream() {
        var event = Event(type: "T", source: "/")
        func message() -> CloudEventMessage {
            CloudEventMessage(
                RecordedEvent(aggregateID: "a", version: 1, position: 1, recordedAt: .now(), event: event))
        }
        #expect(message().event.subject == "a" && message().aggregateID == nil)
        event.subject = "a"
        #expect(message().aggregateID == nil)
        event.subject = "b"
        #expect(message().event.subject == "b" && message().aggregateID == "a")
    }
}
