import SQLSchema

/// Tries migrations on a shadow database, and says what they do that they should not do unnoticed.
package struct MigrationLinter {
    private let shadow: any ShadowDatabase
    /// Whether what the shadow has at the beginning is what is in use. Then a table that one of the migrations creates is
    /// used by nobody yet; otherwise each file is judged as if those before it were in use.
    private let knowsUse: Bool

    package init(shadow: any ShadowDatabase, knowsUse: Bool) {
        self.shadow = shadow
        self.knowsUse = knowsUse
    }

    /// Tries migrations in their order.
    ///
    /// - Throws: ``MigrationError`` for a comment that is wrong, and for a statement that fails whatever the rows are.
    package func lint(_ migrations: [Migration]) throws -> LintReport {
        let waivers = try Self.waivers(of: migrations)
        var report = LintReport()
        report.unfilled = try shadow.fill()
        var catalog = try shadow.catalog()
        var inUse = Set(catalog.tables.map(\.name))
        for migration in migrations {
            if !knowsUse { inUse = Set(catalog.tables.map(\.name)) }
            var run = LintRun(migration, on: shadow, catalog: catalog, inUse: inUse)
            try run.run()
            report.add(run.findings, waivers: waivers[migration.version] ?? [], of: migration, inUse: run.isInUse)
            report.migrations += 1
            report.statements += migration.up.statements.count
            inUse = run.inUse
            report.unfilled.merge(try shadow.fill()) { $1 }
            catalog = try shadow.catalog()
        }
        report.findings.sort {
            ($0.location.file, $0.location.line, $0.location.column, $0.fact)
                < ($1.location.file, $1.location.line, $1.location.column, $1.fact)
        }
        return report
    }

    private static func waivers(of migrations: [Migration]) throws(MigrationError) -> [Int64: [LintWaiver]] {
        var waivers: [Int64: [LintWaiver]] = [:]
        var problems: [MigrationError] = []
        for migration in migrations {
            do throws(MigrationError) {
                waivers[migration.version] = try LintWaiver.all(in: migration)
            } catch {
                problems.append(error)
            }
        }
        if let error = MigrationError(problems) { throw error }
        return waivers
    }
}

extension LintReport {
    /// Adds what was found in a migration, except what its comments allow; a comment that allows nothing is a finding.
    mutating func add(
        _ findings: [(statement: Int, finding: LintFinding)], waivers: [LintWaiver], of migration: Migration,
        inUse: (LintFinding) -> Bool
    ) {
        var unused = waivers
        let offsets = migration.up.statements.map(\.offset)
        for (index, finding) in findings {
            let start = index == 0 ? 0 : offsets[index - 1]
            func allows(_ waiver: LintWaiver) -> Bool {
                waiver.rule == finding.rule && (start..<offsets[index]).contains(waiver.offset)
            }
            let isAllowed = waivers.contains(where: allows)
            unused.removeAll(where: allows)
            if finding.rule.isAboutUse, !inUse(finding) { continue }
            if isAllowed { waived += 1 } else { self.findings.append(finding) }
        }
        self.findings += unused.map { waiver in
            LintFinding(
                .unusedWaiver, fact: "\(waiver.rule.rawValue) is allowed, and the statement after it does not do it",
                location: waiver.location, sourceLine: waiver.sourceLine)
        }
    }
}
