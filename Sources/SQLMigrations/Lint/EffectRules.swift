import SQLSchema

/// The rules about what a statement did to tables that were there before its file: rows, locks, files.
struct EffectRules {
    let dialect: Dialect
    let observation: StatementObservation
    /// The tables that were there before the file.
    let existing: Set<RelationName>

    var findings: [LintFinding] {
        let effects = observation.effects.filter { existing.contains($0.key) }.sorted { $0.key < $1.key }
        return errorFindings + effects.flatMap { historyFindings($0.key, $0.value) }
            + effects.flatMap { costFindings($0.key, $0.value) } + longLocks(effects) + indexFindings
            + timeoutFindings(effects)
    }

    private func isEventsTable(_ name: RelationName) -> Bool {
        observation.before.table(name).flatMap { EventsTable($0, in: observation.before, dialect: dialect) } != nil
    }

    // MARK: What was refused

    private var errorFindings: [LintFinding] {
        guard let error = observation.error else { return [] }
        switch error.code {
        case .refusedByTrigger:
            return [LintFinding(.historyChanged, fact: "a trigger refuses it where there are rows: \(error.message)")]
        case .uniqueViolation, .constraintViolation:
            return [
                LintFinding(
                    .dependsOnData, fact: "it fails where there are rows: \(error.message) (\(error.engineCode))")
            ]
        default:
            return [LintFinding(.outsideTransaction, fact: "\(error.message) (\(error.engineCode))")]
        }
    }

    // MARK: Events

    private func historyFindings(_ name: RelationName, _ effect: StatementObservation.Effect) -> [LintFinding] {
        guard isEventsTable(name) else { return [] }
        let counts = [(effect.inserted, "inserted"), (effect.updated, "updated"), (effect.deleted, "deleted")]
        let writes = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? "row" : "rows") \($0.1)" }
        var findings: [LintFinding] = []
        if effect.isEmptied {
            findings.append(LintFinding(.historyChanged, table: name, fact: "\(name) had events, and has none"))
        } else if !writes.isEmpty {
            let list = writes.joined(separator: ", ")
            findings.append(LintFinding(.historyChanged, table: name, fact: "\(name): \(list)"))
        }
        if effect.isPositionSetBack {
            findings.append(
                LintFinding(
                    .streamKeyChanged, table: name, fact: "\(name): the next position is one that was given before"))
        }
        if effect.becameUnlogged {
            findings.append(LintFinding(.unlogged, table: name, fact: "\(name) is no longer logged"))
        }
        return findings
    }

    // MARK: Locks

    private func costFindings(_ name: RelationName, _ effect: StatementObservation.Effect) -> [LintFinding] {
        let lock = effect.lock.map { " under \($0.rawValue)" } ?? ""
        // TRUNCATE also makes the indexes anew, for which no row is there to be read.
        guard !effect.isEmptied else { return [] }
        if effect.isRewritten {
            return [LintFinding(.tableRewrite, table: name, fact: "\(name): every row is written anew\(lock)")]
        }
        guard effect.scans > 0, effect.blocksWrites, changesTable(name) || effect.tookLock else { return [] }
        if let index = newIndex(on: name) {
            return [LintFinding(.blockingIndex, table: name, fact: "\(name): \(index) is built\(lock)")]
        }
        return [LintFinding(.scanUnderLock, table: name, fact: "\(name): every row is read\(lock)")]
    }

    private func writesRows(_ effect: StatementObservation.Effect) -> Bool {
        effect.inserted + effect.updated + effect.deleted > 0
    }

    private func changesTable(_ name: RelationName) -> Bool {
        observation.before.table(name) != observation.after.table(observation.renamed[name] ?? name)
    }

    /// Work on rows while a lock of an earlier statement keeps all others from the table, or from another one.
    private func longLocks(
        _ effects: [(key: RelationName, value: StatementObservation.Effect)]
    ) -> [LintFinding] {
        let held = effects.filter { $0.value.earlierLock == .accessExclusive }.map(\.key)
        guard let locked = held.first else { return [] }
        let busy = effects.filter { name, effect in
            writesRows(effect) || (effect.scans > 0 && !changesTable(name) && !(effect.tookLock && effect.blocksWrites))
        }
        return busy.prefix(1).map { name, effect in
            let work = writesRows(effect) ? "rows of \(name) are written" : "every row of \(name) is read"
            return LintFinding(
                .longLock, table: locked,
                fact: "\(work) while an earlier statement's ACCESS EXCLUSIVE on \(locked) is held")
        }
    }

    private func timeoutFindings(
        _ effects: [(key: RelationName, value: StatementObservation.Effect)]
    ) -> [LintFinding] {
        guard observation.waitsForever else { return [] }
        return effects.filter { $0.value.tookLock && $0.value.blocksWrites }.prefix(1).map { name, effect in
            LintFinding(
                .noLockTimeout, table: name,
                fact: "\(name): \(effect.lock?.rawValue ?? "the lock") is waited for without a lock_timeout")
        }
    }

    // MARK: Indexes

    /// The index or key that the table has since.
    private func newIndex(on name: RelationName) -> String? {
        let current = observation.renamed[name] ?? name
        guard let old = observation.before.table(name), let new = observation.after.table(current) else { return nil }
        if let index = new.indexes.first(where: { index in !old.indexes.contains { $0.name == index.name } }) {
            return "index \(index.name)"
        }
        if old.primaryKey != new.primaryKey { return "the primary key" }
        let keys = new.uniqueKeys.filter { !old.uniqueKeys.contains($0) }
        if let key = keys.first { return "the unique key (\(key.joined(separator: ", ")))" }
        let exclusions = Self.exclusions(of: new).filter { !Self.exclusions(of: old).contains($0) }
        return exclusions.isEmpty ? nil : "an exclusion constraint"
    }

    private static func exclusions(of table: Table) -> [String] {
        DefinitionPart.parts(of: table.definition).map(\.normalized).filter { $0.contains(" EXCLUDE ") }
    }

    private var indexFindings: [LintFinding] {
        observation.after.tables.flatMap { table in
            table.indexes.filter { index in
                index.definition.hasSuffix(Self.invalidMark)
                    && observation.before.table(table.name)?.indexes.contains(index) != true
            }.map {
                LintFinding(.invalidIndex, table: table.name, fact: "index \($0.name) of \(table.name) is not valid")
            }
        }
    }

    /// What the catalog writes behind the statement of an index that failed to be built.
    private static let invalidMark = "/* invalid */"
}
