import Testing

@testable import RowGenerator

@Suite struct SwiftNameTests {
    static let properties: [(String, String?)] = [
        ("tenant_id", "tenantID"), ("id", "id"), ("url", "url"), ("callback_url", "callbackURL"),
        ("line_ids", "lineIDs"),
        ("json_data", "jsonData"), ("data_json", "dataJSON"), ("trace_uuid", "traceUUID"), ("name", "name"),
        ("createdAt", "createdAt"), ("CreatedAt", "createdAt"), ("HTTPStatus", "httpStatus"), ("ORDER_ID", "orderID"),
        ("userID", "userID"), ("line_2", "line2"), ("first name", "firstName"), ("_private", "private"),
        ("größe_in_cm", "größeInCm"), ("2fa", nil), ("_", nil), ("", nil), ("self", nil), ("self_", nil),
        ("self_id", "selfID"), ("😀", nil), ("1", nil),
    ]

    @Test(arguments: properties) func ofProperties(name: String, expected: String?) {
        #expect(SwiftName.property(name) == expected)
    }

    static let types: [(String, String?)] = [
        ("order_events", "OrderEvents"), ("orders", "Orders"), ("url_visits", "URLVisits"),
        ("OrderEvents", "OrderEvents"),
        ("ORDERS", "Orders"), ("json", "JSON"), ("ids", "IDs"), ("2fa_codes", nil),
    ]

    @Test(arguments: types) func ofTypes(name: String, expected: String?) {
        #expect(SwiftName.type(name) == expected)
    }

    @Test func keywordsAreEscaped() {
        #expect(SwiftName.escaped("default") == "`default`")
        #expect(SwiftName.escaped("name") == "name")
        #expect(SwiftName.label("default") == "default")
        #expect(SwiftName.label("inout") == "`inout`")
    }
}
