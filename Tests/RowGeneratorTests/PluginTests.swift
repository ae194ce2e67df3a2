import Foundation
import SQLSchema
import TestSupport
import Testing

/// The plugin in a team's own package, built as a team builds it.
@Suite(.timeLimit(.minutes(15))) struct PluginTests {
    /// One story in one scratch folder, because compiling the toolkit takes most of the time.
    @Test func buildsFollowTheSnapshot() async throws {
        let package = try TeamPackage()
        defer { package.remove() }

        let clean = try await package.build()
        try #require(clean.status == 0, "\(clean.text)")
        let run = try await package.run()
        #expect(run.text.contains("order-123 v1 OrderPlaced in us to Ghent, our tenant: true"), "\(run.text)")
        #expect(run.text.contains("order-123 v1 in Ghent is due never: true"), "\(run.text)")
        #expect(run.text.contains("order-123 v1 InvoiceIssued for customer 7, final: false"), "\(run.text)")
        #expect(run.text.contains(/order_events from 7 migrations\n\d+ checks of the contract hold/), "\(run.text)")
        let warnings = clean.text.split(separator: "\n").filter {
            ($0.contains("plugins/outputs") && $0.contains("warning:")) || $0.contains("unhandled")
        }
        #expect(warnings.isEmpty, "generated code compiles without warnings, and SwiftPM knows the files: \(warnings)")

        // Nothing changed: nothing is compiled.
        try #require(try await package.build().status == 0)
        let unchanged = try await package.build()
        let compiled = unchanged.text.split(separator: "\n").filter {
            $0.contains("Compiling") && !$0.contains("Compiling plugin")
        }
        #expect(unchanged.status == 0 && compiled.isEmpty, "\(unchanged.text)")

        // A table that appears later is compiled, in a file that was planned before it.
        let original = try package.read("schema/schema.json")
        let snapshot = try SnapshotFile([UInt8](original), path: "schema/schema.json").snapshot
        let shipments = Table(
            name: RelationName("shipments"),
            columns: [Column(name: "tracking_id", type: "TEXT", isNullable: false)],
            definition: "CREATE TABLE shipments (tracking_id TEXT NOT NULL) STRICT")
        try package.write("schema/schema.json", Data(snapshot.adding(shipments).encoded()))
        let main = try package.read("Sources/TeamStore/main.swift")
        // It is neither of billing nor standard, so that the file of the orders includes it.
        let use = #"print("shipment \(ShipmentsRow(trackingID: "T1").trackingID)")"#
        try package.write("Sources/TeamStore/main.swift", main + Data("\n\(use)\n".utf8))
        let added = try await package.build()
        try #require(added.status == 0, "\(added.text)")
        #expect(try await package.run().text.contains("shipment T1"))

        // A mistake stops the build where it stands.
        var broken = shipments
        broken.columns[0].type = "INTERVAL"
        try package.write("schema/schema.json", Data(snapshot.adding(broken).encoded()))
        let refused = try await package.build()
        let message = /schema\/schema\.json:\d+:\d+: error: 'shipments\.tracking_id' has the type INTERVAL/
        #expect(refused.status != 0)
        #expect(refused.text.contains(message), "\(refused.text)")

        // So does one in what a target says of itself, as soon as it is there.
        let target = try package.read("Sources/Billing/row-mappers.json")
        try package.write("schema/schema.json", original)
        try package.write("Sources/Billing/row-mappers.json", Data(#"{"include": ["biling.*"]}"#.utf8))
        let misspelt = try await package.build()
        #expect(misspelt.status != 0)
        #expect(
            misspelt.text.contains("Sources/Billing/row-mappers.json:1:14: error: 'biling.*' is no table or view"),
            "\(misspelt.text)")
        try package.write("Sources/Billing/row-mappers.json", target)

        // And a query that no database has typed yet.
        let query = try package.read("Sources/Orders/queries/sqlite/orders.sql")
        let other = String(decoding: query, as: UTF8.self).replacing("ORDER BY position", with: "ORDER BY version")
        try package.write("Sources/Orders/queries/sqlite/orders.sql", Data(other.utf8))
        let untyped = try await package.build()
        #expect(untyped.status != 0)
        #expect(
            untyped.text.contains(
                "Sources/Orders/queries/sqlite/orders.sql:1:1: error: 'OrdersIn' has changed since the schema was dumped"
            ),
            "\(untyped.text)")
        try package.write("Sources/Orders/queries/sqlite/orders.sql", query)

        // And a build follows the snapshot back.
        try package.write("schema/schema.json", original)
        try package.write("Sources/TeamStore/main.swift", main)
        let restored = try await package.build()
        #expect(restored.status == 0, "\(restored.text)")
        #expect(try await package.run().text.contains("order-123 v1 OrderPlaced in us"))
    }
}

extension SchemaSnapshot {
    /// The snapshot with one more table.
    fileprivate func adding(_ table: Table) -> SchemaSnapshot {
        var snapshot = self
        let catalog = snapshot.dialects[.sqlite]?.catalog ?? Catalog()
        snapshot.dialects[.sqlite]?.catalog = Catalog(tables: catalog.tables + [table], views: catalog.views)
        return snapshot
    }
}
