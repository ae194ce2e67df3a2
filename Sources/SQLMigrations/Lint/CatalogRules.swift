import SQLSchema

/// The rules about what the database has afterwards: each compares two catalogs.
///
/// They are asked about each statement, and about each file as a whole: what a file takes away and puts back in one
/// transaction was never gone for anybody.
struct CatalogRules {
    let dialect: Dialect
    let before: Catalog
    let after: Catalog
    /// What tables of `before` are called in `after`, where that is not the same.
    let renamed: [RelationName: RelationName]
    /// The tables that were there before the file.
    let existing: Set<RelationName>

    var findings: [LintFinding] {
        guard before != after else { return [] }
        let tables = before.tables.filter { existing.contains($0.name) }
        return tables.compactMap { EventsTable($0, in: before, dialect: dialect) }.flatMap(findings) + incompatibilities
    }

    private func findings(of old: EventsTable) -> [LintFinding] {
        let name = old.table.name
        guard let table = after.table(renamed[name] ?? name) else {
            return isPartition(name)
                ? [] : [LintFinding(.historyChanged, table: name, fact: "the events table \(name) is gone")]
        }
        guard let new = EventsTable(table, in: after, dialect: dialect) else {
            let columns = "the columns aggregate_id, version and event_id"
            return [LintFinding(.streamKeyChanged, table: name, fact: "\(name) has no longer \(columns)")]
        }
        let lost = old.partitions.filter { !new.partitions.contains($0) }
        guard lost.isEmpty else {
            return lost.map {
                LintFinding(.historyChanged, table: name, fact: "the events of \($0) are no longer part of \(name)")
            }
        }
        return guardFindings(old, new) + partitionFindings(old, new) + detailFindings(old, new)
            + keyFindings(old, new) + newTriggers(old, new)
    }

    // MARK: The guard

    private func guardFindings(_ old: EventsTable, _ new: EventsTable) -> [LintFinding] {
        old.guards.compactMap { trigger in
            let what = "trigger \(trigger.name)"
            let place = renamed[old.table.name].map { "of \($0)" }
            let other = new.guards.first { candidate in
                candidate.name == trigger.name
                    || (place.map(candidate.name.hasSuffix) == true
                        && candidate.name.sharesFirstWord(with: trigger.name))
            }
            guard let other else { return finding(.guardWeakened, old, "\(what) is gone") }
            let (former, latter) = (TriggerState(trigger.definition), TriggerState(other.definition))
            if latter.firing < former.firing {
                return finding(.guardWeakened, old, "\(what) \(latter.firing.description)")
            }
            if place == nil, latter.statement != former.statement {
                return finding(.guardWeakened, old, "\(what) is another one")
            }
            guard let function = old.function(of: trigger), let replaced = new.function(of: other),
                function.definition != replaced.definition
            else { return nil }
            return finding(.guardWeakened, old, "the function \(function.name) of \(what) is another one")
        }
    }

    /// New partitions that lack what all others have: a trigger on TRUNCATE is not that of the whole table.
    private func partitionFindings(_ old: EventsTable, _ new: EventsTable) -> [LintFinding] {
        let added = new.partitions.filter { !old.partitions.contains($0) }
        guard !added.isEmpty, !old.partitions.isEmpty else { return [] }
        let usual = old.partitions.map(old.changesRefused).reduce(old.changesRefused(by: old.partitions[0])) {
            $0.intersection($1)
        }
        return added.compactMap { partition in
            let missing = usual.subtracting(new.changesRefused(by: partition)).sorted()
            guard !missing.isEmpty else { return nil }
            return finding(
                .guardWeakened, old,
                "the new partition \(partition) refuses no \(missing.joined(separator: ", ")), as the others do")
        }
    }

    private func detailFindings(_ old: EventsTable, _ new: EventsTable) -> [LintFinding] {
        let (rules, grants) = (old.details(.rule), old.details(.grant))
        let newRules = new.details(.rule).filter { !rules.contains($0) }.compactMap { rule in
            finding(.guardWeakened, old, "rule \(rule.name) changes what statements do there")
        }
        let newGrants = new.details(.grant).compactMap { grant -> LintFinding? in
            let known = grants.filter { $0.name == grant.name }.flatMap { Self.changes(in: $0) }
            let changes = Self.changes(in: grant).filter { !known.contains($0) }
            guard !changes.isEmpty else { return nil }
            return finding(.guardWeakened, old, "\(changes.joined(separator: ", ")) granted on \(grant.name)")
        }
        let kinds: [CatalogDetail.Kind] = renamed[old.table.name] == nil ? [.rowSecurity, .policy] : []
        let security = kinds.filter { old.details($0) != new.details($0) }.compactMap { kind in
            finding(.guardWeakened, old, "\(old.table.name) has another \(kind.rawValue)")
        }
        return newRules + newGrants + security
    }

    /// The privileges of a grant that change or remove rows.
    private static func changes(in grant: CatalogDetail) -> [String] {
        let privileges = grant.definition.firstRange(of: " ON ").map { grant.definition[..<$0.lowerBound] } ?? ""
        return ["UPDATE", "DELETE", "TRUNCATE"].filter(privileges.contains)
    }

    // MARK: Key and triggers

    private func keyFindings(_ old: EventsTable, _ new: EventsTable) -> [LintFinding] {
        var findings: [LintFinding?] = []
        if old.hasStreamKey, !new.hasStreamKey {
            findings.append(
                finding(.streamKeyChanged, old, "UNIQUE (aggregate_id, version) of \(old.table.name) is gone"))
        }
        if let position = old.position, new.position != position {
            let now = new.position ?? "gone"
            let column = "the column position of \(old.table.name)"
            findings.append(finding(.streamKeyChanged, old, "\(column) was `\(position)` and is `\(now)`"))
        }
        return findings.compactMap { $0 }
    }

    private func newTriggers(_ old: EventsTable, _ new: EventsTable) -> [LintFinding] {
        let added = new.table.triggers.filter { trigger in !old.table.triggers.contains { $0.name == trigger.name } }
        return added.compactMap { trigger in
            guard let facts = TriggerFacts(trigger.definition, dialect: dialect), facts.changes.contains("INSERT")
            else {
                return nil
            }
            return finding(
                .eventsTrigger, old, "trigger \(trigger.name) of \(old.table.name) runs with every event that is saved")
        }
    }

    private func finding(_ rule: LintRule, _ table: EventsTable, _ fact: String) -> LintFinding? {
        LintFinding(rule, table: table.table.name, fact: fact)
    }
}

extension String {
    fileprivate func sharesFirstWord(with other: String) -> Bool {
        prefix { $0 != " " } == other.prefix { $0 != " " }
    }
}
