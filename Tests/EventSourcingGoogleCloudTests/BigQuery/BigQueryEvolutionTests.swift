import Testing

@testable import EventSourcingGoogleCloud

@Suite("The evolution of a table in BigQuery")
struct BigQueryEvolutionTests {
    private let position = BigQueryField(name: "position", type: .integer, mode: .required)
    private let note = BigQueryField(name: "note", type: .string)

    private func table(_ fields: BigQueryField..., by unit: BigQueryPartitioning.Unit = .day) -> BigQueryTable {
        BigQueryTable(fields: fields, partitioning: BigQueryPartitioning(column: "recorded_at", unit: unit))
    }

    @Test("Nothing is to be done when nothing is different, names without regard to case")
    func same() {
        let other = BigQueryField(name: "NOTE", type: .string)
        #expect(BigQueryEvolution(from: table(position, other), to: table(position, note)).isEmpty)
    }

    @Test("A column is added as one that may be absent, also within a record")
    func additions() {
        var record = BigQueryField(name: "span", type: .record)
        record.fields = [BigQueryField(name: "days", type: .integer)]
        var longer = record
        longer.fields.append(BigQueryField(name: "months", type: .integer))
        let required = BigQueryField(name: "tenant", type: .string, mode: .required)
        let evolution = BigQueryEvolution(from: table(position, record), to: table(position, required, longer))
        #expect(evolution.additions == ["span.months INT64", "tenant STRING"])
        #expect(evolution.fields.map(\.name) == ["position", "span", "tenant"])
        #expect(evolution.fields.last?.mode == .nullable)
        #expect(evolution.refusals.isEmpty)
    }

    @Test("A column that may be absent, or is gone, is relaxed; one that must be there leaves the table as it is")
    func relaxations() {
        var strict = note
        strict.mode = .required
        #expect(BigQueryEvolution(from: table(position, strict), to: table(position, note)).relaxations == ["note"])
        #expect(BigQueryEvolution(from: table(position, strict), to: table(position)).relaxations == ["note"])
        #expect(BigQueryEvolution(from: table(position, note), to: table(position, strict)).isEmpty)
        #expect(BigQueryEvolution(from: table(position, note), to: table(position)).isEmpty)
    }

    @Test("Another type, lists, fewer digits and another partitioning are refused with the way out")
    func refusals() {
        var list = note
        list.mode = .repeated
        let narrow = BigQueryField(name: "note", type: .numeric, precision: 10, scale: 2)
        let wide = BigQueryField(name: "note", type: .numeric, precision: 12, scale: 2)
        let free = BigQueryField(name: "note", type: .numeric)
        for (old, new) in [(note, list), (note, narrow), (narrow, wide), (narrow, free)] {
            let evolution = BigQueryEvolution(from: table(position, old), to: table(position, new))
            #expect(evolution.refusals.count == 1 && evolution.refusals[0].contains("a view"))
            #expect(evolution.fields.last == old)
        }
        #expect(BigQueryEvolution(from: table(position, wide), to: table(position, narrow)).isEmpty)
        #expect(BigQueryEvolution(from: table(position, free), to: table(position, narrow)).isEmpty)
        let monthly = BigQueryEvolution(from: table(position, by: .month), to: table(position))
        #expect(monthly.refusals.count == 1 && monthly.refusals[0].contains("by MONTH of recorded_at"))
    }
}
