import SQLSchema
import Testing

/// Every mistake in a snapshot has its line and column.
@Suite struct SnapshotMistakesTests {
    static let mistakes: [(String, [String])] = [
        ("", ["1:1: error: this is not JSON: the text ends too early"]),
        ("{\n  \"format\": 1,\n}", ["3:1: error: this is not JSON: unexpected character"]),
        ("[]", ["1:1: error: a snapshot must be an object, not a list"]),
        ("{}", ["1:1: error: a snapshot lacks the member 'format'"]),
        (#"{"format": "1"}"#, ["1:12: error: the format must be a whole number from 1 on"]),
        (
            #"{"format": 2, "later": []}"#,
            ["1:12: error: format 2 was written by a newer version: update swift-event-store"]
        ),
        (
            #"{"format": 1, "mysql": {}, "format": 1}"#,
            [
                "1:15: error: a snapshot has no member 'mysql'; it can have format, queries, postgres, sqlite",
                "1:28: error: 'format' stands twice in a snapshot",
            ]
        ),
        (#"{"format": 1, "sqlite": []}"#, ["1:25: error: 'sqlite' must be an object, not a list"]),
        (
            #"{"format": 1, "sqlite": {"tables": {}, "views": 1, "migrations": true}}"#,
            [
                "1:36: error: this must be a list, not an object", "1:49: error: this must be a list, not a number",
                "1:66: error: this must be a list, not true or false",
            ]
        ),
        (
            #"{"format": 1, "sqlite": {"migrations": [{"name": "a", "text": "a", "checksum": null}, {}]}}"#,
            [
                "1:63: error: this must be a list, not a text", "1:80: error: this must be a text, not null",
                "1:87: error: a migration lacks the member 'checksum'",
                "1:87: error: a migration lacks the member 'name'",
                "1:87: error: a migration lacks the member 'text'",
            ]
        ),
        (
            """
            {"format": 1, "sqlite": {"tables": [
              {"name": "a", "definition": [], "columns": [{"name": "é", "type": "TEXT", "nullable": 1},
                {"name": "é", "typ": "TEXT"}]},
              {"name": "a", "definition": [1]}
            ], "views": [{"name": "a", "definition": []}]}}
            """,
            [
                "2:89: error: this must be true or false, not a number",
                "3:5: error: a column lacks the member 'type'",
                "3:14: error: two columns of 'a' are called 'é'",
                "3:19: error: a column has no member 'typ'; it can have default, generated, identity, name, nullable, type",
                "4:12: error: two tables or views are called 'a'", "4:32: error: this must be a text, not a number",
                "5:23: error: two tables or views are called 'a'",
            ]
        ),
        (
            #"{"format": 1, "sqlite": {"migrations": [{"name": "a", "text": [], "checksum": ""}, "#
                + #"{"name": "a", "text": [], "checksum": ""}]}}"#,
            ["1:93: error: two migrations are called 'a'"]
        ),
        (
            #"{"format": 1, "sqlite": {"tables": [{"name": "a", "definition": [], "foreignKeys": [{"columns": []}]}]}}"#,
            ["1:85: error: a foreign key lacks the member 'references'"]
        ),
    ]

    @Test(arguments: mistakes) func areReportedWithTheirPlace(text: String, expected: [String]) throws {
        let error = try #require(throws: InvalidSchemaError.self) {
            try SnapshotFile(Array(text.utf8), path: "s.json")
        }
        #expect(error.description == expected.map { "s.json:\($0)" }.joined(separator: "\n"))
    }
}
