#if Postgres
    import EventSourcingPostgres
    import SQLMigrations
    import SQLSchema

    /// What PostgreSQL says of its tables, and of the transaction, at one moment.
    struct PostgresShadowState {
        private struct Relation {
            let name: RelationName
            /// The table that it is a partition of, at the top; or itself.
            let root: Int64
            let isSequence: Bool
            let isUnlogged: Bool
            let fileNode: Int64
            let lastValue: Int64?
        }

        private struct Counts {
            var scans = 0
            var inserted = 0
            var updated = 0
            var deleted = 0
        }

        private let relations: [Int64: Relation]
        private let locks: [Int64: TableLock]
        private let counts: [Int64: Counts]
        /// How much of the system's own tables was written in the transaction.
        let catalogWrites: Int64
        let waitsForever: Bool

        init(_ connection: PostgresConnection) throws {
            relations = Dictionary(
                try connection.prepare(Self.relationQuery).all { row in
                    (
                        try row.int64(at: 0),
                        Relation(
                            name: RelationName(schema: try row.string(at: 1), try row.string(at: 2)),
                            root: try row.int64(at: 3), isSequence: try row.bool(at: 4),
                            isUnlogged: try row.bool(at: 5), fileNode: try row.int64(at: 6),
                            lastValue: try row.value(at: 7))
                    )
                }, uniquingKeysWith: { first, _ in first })
            locks = Dictionary(
                try connection.prepare(Self.lockQuery).all { row in (try row.int64(at: 0), try row.string(at: 1)) }
                    .compactMap { oid, mode in TableLock(mode: mode).map { (oid, $0) } }, uniquingKeysWith: max)
            counts = Dictionary(
                try connection.prepare(Self.countQuery).all { row in
                    (
                        try row.int64(at: 0),
                        Counts(
                            scans: Int(try row.int64(at: 1)), inserted: Int(try row.int64(at: 2)),
                            updated: Int(try row.int64(at: 3)), deleted: Int(try row.int64(at: 4)))
                    )
                }, uniquingKeysWith: { first, _ in first })
            (catalogWrites, waitsForever) =
                try connection.prepare(Self.transactionQuery).first { (try $0.int64(at: 0), try $0.bool(at: 1)) }
                ?? (0, false)
        }

        private static let relationQuery = """
            SELECT c.oid::bigint, n.nspname::text, c.relname::text,
                coalesce(owner.refobjid, pg_partition_root(c.oid), c.oid)::bigint, c.relkind = 'S', c.relpersistence = 'u',
                coalesce(pg_relation_filenode(c.oid)::bigint, 0),
                CASE WHEN c.relkind = 'S' THEN pg_sequence_last_value(c.oid) END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_depend owner ON c.relkind = 'S' AND owner.classid = 'pg_class'::regclass
                    AND owner.objid = c.oid AND owner.refclassid = 'pg_class'::regclass AND owner.deptype IN ('a', 'i')
            WHERE c.relkind IN ('r', 'p', 'm', 'S') AND c.oid >= 16384 AND c.relpersistence <> 't'
            """

        private static let lockQuery = """
            SELECT relation::bigint, mode FROM pg_locks
            WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted AND relation >= 16384
            """

        private static let countQuery = """
            SELECT relid::bigint, coalesce(seq_scan, 0), n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables
            WHERE coalesce(seq_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del > 0
            """

        private static let transactionQuery = """
            SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint,
                (SELECT setting FROM pg_settings WHERE name = 'lock_timeout') = '0'
            FROM pg_stat_xact_sys_tables
            """
    }

    extension PostgresShadowState {
        /// What was done to each table from this moment to another one.
        func effects(until after: PostgresShadowState) -> [RelationName: StatementObservation.Effect] {
            var effects: [RelationName: StatementObservation.Effect] = [:]
            for (oid, relation) in relations {
                guard let root = relations[relation.root] else { continue }
                var effect = effects[root.name] ?? StatementObservation.Effect()
                if relation.isSequence {
                    if let last = relation.lastValue, let now = after.relations[oid], (now.lastValue ?? 0) < last {
                        effect.isPositionSetBack = true
                    }
                } else {
                    add(to: &effect, oid, relation, after)
                }
                effects[root.name] = effect
            }
            return effects.filter { $0.value != StatementObservation.Effect() }
        }

        private func add(
            to effect: inout StatementObservation.Effect, _ oid: Int64, _ relation: Relation,
            _ after: PostgresShadowState
        ) {
            let (old, new) = (counts[oid] ?? Counts(), after.counts[oid] ?? Counts())
            effect.lock = [effect.lock, after.locks[oid]].compactMap { $0 }.max()
            effect.earlierLock = [effect.earlierLock, locks[oid]].compactMap { $0 }.max()
            effect.scans += max(0, new.scans - old.scans)
            effect.inserted += max(0, new.inserted - old.inserted)
            effect.updated += max(0, new.updated - old.updated)
            effect.deleted += max(0, new.deleted - old.deleted)
            guard let now = after.relations[oid] else { return }
            if now.fileNode != relation.fileNode, relation.fileNode != 0 { effect.isRewritten = true }
            if now.isUnlogged, !relation.isUnlogged { effect.becameUnlogged = true }
        }

        /// The tables that are called otherwise at another moment.
        func renames(until after: PostgresShadowState) -> [RelationName: RelationName] {
            var renames: [RelationName: RelationName] = [:]
            for (oid, relation) in relations where !relation.isSequence {
                if let now = after.relations[oid], now.name != relation.name { renames[relation.name] = now.name }
            }
            return renames
        }

        /// What a table of another moment is called at this one.
        func name(of name: RelationName, in other: PostgresShadowState) -> RelationName? {
            other.relations.first { $0.value.name == name && !$0.value.isSequence }.flatMap { relations[$0.key]?.name }
        }
    }
#endif
