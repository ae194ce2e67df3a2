import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

@Suite("Names in BigQuery")
struct BigQueryNameTests {
    @Test(
        "A name that BigQuery can have stays, and any other is escaped byte by byte",
        arguments: [
            ("aggregate_id", "aggregate_id"), ("_private", "_private"), ("Größe", "Gr_xC3__xB6__xC3__x9F_e"),
            ("2fa", "_x32_fa"), ("a b", "a_x20_b"), ("_TABLE_x", "_x5F_TABLE_x"), ("__root__", "_x5F__root__"),
            ("a_x20_b", "a_x5F_x20_b"), ("", ""),
        ])
    func names(column: String, name: String) {
        #expect(BigQueryName.name(of: column) == name)
        #expect(BigQueryName.column(named: name) == column)
    }

    @Test("The column can be told from its name, whatever it is called")
    func injective() {
        var random = SplitMix64(seed: 7)
        let pieces = ["_", "x", "A", "2", "4", "_x", "_x24_", "x5F", "é", "$", "-", "_table_", "__", "B0_"]
        var names: [String: String] = [:]
        for _ in 0..<20_000 {
            let column = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            let name = BigQueryName.name(of: column)
            #expect(BigQueryName.column(named: name) == column)
            #expect(names.updateValue(column, forKey: name) ?? column == column)
            #expect(
                name.utf8.allSatisfy { $0 == 0x5F || UnicodeScalar($0).properties.isAlphabetic || 0x30...0x39 ~= $0 })
            #expect(!BigQueryName.reservedPrefixes.contains { name.lowercased().hasPrefix($0) })
        }
    }

    @Test("The name of a table has a project, a dataset and a table")
    func tables() {
        #expect(BigQueryTableName("shop-1.sales.events")?.description == "shop-1.sales.events")
        #expect(BigQueryTableName("example.com:shop.sales.events")?.project == "example.com:shop")
        #expect(BigQueryTableName("shop:sales.events")?.dataset == "sales")
        for text in ["events", "sales.events", "a.b.`c`", "a..c", "p.d-x.t", ".d.t", "p.d."] {
            #expect(BigQueryTableName(text) == nil, "\(text)")
        }
    }
}
