import SQLSchema

/// What is asked of the system catalogs for the details of a catalog.
///
/// Each query gives a name, a statement, and the schema and name of the relation that it belongs to, if it does. All names
/// come out with their schemas, because nothing is on the search path.
enum DetailQueries {
    private typealias Query = CatalogQueries

    /// Schema and name of a relation or a type, quoted.
    private static func name(_ object: String, in schema: String) -> String {
        "quote_ident(\(schema).nspname) || '.' || quote_ident(\(object))"
    }

    /// `pg_extension`. PL/pgSQL is there from the beginning, and Google's are part of the server.
    static let extensions = """
        SELECT e.extname::text, format('CREATE EXTENSION %I WITH SCHEMA %I', e.extname, n.nspname), NULL, NULL
        FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
        WHERE e.extname <> 'plpgsql' AND e.extname !~ '^google_'
        """

    /// `pg_sequence`; one that belongs to a column is told with its table.
    static let sequences = """
        SELECT \(name("c.relname", in: "n")), concat_ws(
                ' ', 'CREATE SEQUENCE', \(name("c.relname", in: "n")), 'AS ' || format_type(s.seqtypid, NULL),
                'INCREMENT ' || s.seqincrement, 'MINVALUE ' || s.seqmin, 'MAXVALUE ' || s.seqmax,
                'START ' || s.seqstart, 'CACHE ' || s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' END),
            NULL, NULL
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relpersistence <> 't' AND \(Query.isOwnSchema) AND \(Query.isOwn("c.oid", in: "pg_class"))
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
        """

    /// Types with fields (`pg_attribute`) and types of ranges (`pg_range`).
    static let types = """
        SELECT \(name("t.typname", in: "n")),
            'CREATE TYPE ' || \(name("t.typname", in: "n")) || ' AS ' || CASE t.typtype
                WHEN 'r' THEN (SELECT 'RANGE (SUBTYPE = ' || format_type(r.rngsubtype, NULL) || ')'
                               FROM pg_range r WHERE r.rngtypid = t.oid)
                ELSE (SELECT '(' || coalesce(string_agg(quote_ident(a.attname) || ' '
                            || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum), '') || ')'
                      FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END,
            NULL, NULL
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE (t.typtype = 'r' OR (t.typtype = 'c' AND c.relkind = 'c')) AND \(Query.isOwnSchema)
            AND \(Query.isOwn("t.oid", in: "pg_type"))
        """

    /// `pg_aggregate`.
    static let aggregates = """
        SELECT \(name("p.proname", in: "n")) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
            'CREATE AGGREGATE ' || \(name("p.proname", in: "n")) || '(' || pg_get_function_identity_arguments(p.oid)
                || ') (SFUNC = ' || a.aggtransfn::regproc || ', STYPE = ' || format_type(a.aggtranstype, NULL)
                || coalesce(', FINALFUNC = ' || nullif(a.aggfinalfn, 0)::regproc, '')
                || coalesce(', INITCOND = ' || quote_literal(a.agginitval), '') || ')',
            NULL, NULL
        FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE \(Query.isOwnSchema) AND \(Query.isOwn("p.oid", in: "pg_proc"))
        """

    /// `pg_inherits`, without partitions.
    static let inheritance = """
        SELECT \(name("c.relname", in: "n")) || ' from ' || \(name("p.relname", in: "pn")),
            'ALTER TABLE ' || \(name("c.relname", in: "n")) || ' INHERIT ' || \(name("p.relname", in: "pn")),
            n.nspname::text, c.relname::text
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
        WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition AND \(Query.isOwnSchema)
        """

    /// `pg_class.reloptions`.
    static let options = """
        SELECT \(name("c.relname", in: "n")),
            'ALTER ' || CASE c.relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'TABLE ' END
                || \(name("c.relname", in: "n")) || ' SET ('
                || (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(c.reloptions) o) || ')',
            n.nspname::text, c.relname::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.reloptions IS NOT NULL AND \(Query.isOwnSchema)
            AND \(Query.isOwn("c.oid", in: "pg_class"))
        """

    /// Constraints that a partition does not have from its parent: `pg_constraint`.
    static let partitionConstraints = """
        SELECT quote_ident(o.conname) || ' on ' || \(name("c.relname", in: "n")),
            'ALTER TABLE ONLY ' || \(name("c.relname", in: "n")) || ' ADD CONSTRAINT ' || quote_ident(o.conname) || ' '
                || pg_get_constraintdef(o.oid),
            n.nspname::text, c.relname::text
        FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relispartition AND o.contype IN ('p', 'u', 'f', 'c', 'x') AND o.conparentid = 0 AND o.coninhcount = 0
            AND \(Query.isOwnSchema)
        """

    /// Indexes that a partition does not have from its parent: `pg_index`.
    static let partitionIndexes = """
        SELECT quote_ident(x.relname) || ' on ' || \(name("c.relname", in: "n")), pg_get_indexdef(i.indexrelid),
            n.nspname::text, c.relname::text
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relispartition AND NOT x.relispartition AND \(Query.isOwnSchema)
            AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
        """

    /// `pg_rewrite`, without the rules that are the views.
    static let rules = """
        SELECT quote_ident(r.rulename) || ' on ' || \(name("c.relname", in: "n")),
            rtrim(pg_get_ruledef(r.oid), '; ') || CASE r.ev_enabled WHEN 'O' THEN '' ELSE
                ';' || chr(10) || 'ALTER TABLE ' || \(name("c.relname", in: "n")) || ' '
                || CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END
                || ' RULE ' || quote_ident(r.rulename) END,
            n.nspname::text, c.relname::text
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE r.rulename <> '_RETURN' AND \(Query.isOwnSchema) AND \(Query.isOwn("c.oid", in: "pg_class"))
        """

    /// `pg_class.relrowsecurity` and `relforcerowsecurity`.
    static let rowSecurity = """
        SELECT \(name("c.relname", in: "n")), concat_ws(
                ';' || chr(10),
                CASE WHEN c.relrowsecurity
                    THEN 'ALTER TABLE ' || \(name("c.relname", in: "n")) || ' ENABLE ROW LEVEL SECURITY' END,
                CASE WHEN c.relforcerowsecurity
                    THEN 'ALTER TABLE ' || \(name("c.relname", in: "n")) || ' FORCE ROW LEVEL SECURITY' END),
            n.nspname::text, c.relname::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE (c.relrowsecurity OR c.relforcerowsecurity) AND \(Query.isOwnSchema)
            AND \(Query.isOwn("c.oid", in: "pg_class"))
        """

    /// `pg_policy`.
    static let policies = """
        SELECT quote_ident(p.polname) || ' on ' || \(name("c.relname", in: "n")),
            concat_ws(
                ' ', 'CREATE POLICY', quote_ident(p.polname), 'ON', \(name("c.relname", in: "n")),
                CASE WHEN NOT p.polpermissive THEN 'AS RESTRICTIVE' END,
                CASE p.polcmd WHEN 'r' THEN 'FOR SELECT' WHEN 'a' THEN 'FOR INSERT' WHEN 'w' THEN 'FOR UPDATE'
                    WHEN 'd' THEN 'FOR DELETE' END,
                'TO ' || (SELECT string_agg(r, ', ' ORDER BY r COLLATE "C") FROM (
                    SELECT CASE o WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o)) END AS r
                    FROM unnest(p.polroles) o) roles),
                'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
            n.nspname::text, c.relname::text
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE \(Query.isOwnSchema)
        """

    /// `pg_event_trigger`.
    static let eventTriggers = """
        SELECT t.evtname::text, concat_ws(
                ' ', format('CREATE EVENT TRIGGER %I ON %s', t.evtname, t.evtevent),
                'WHEN TAG IN (' || (SELECT string_agg(quote_literal(g), ', ' ORDER BY g) FROM unnest(t.evttags) g) || ')',
                'EXECUTE FUNCTION ' || t.evtfoid::regproc || '()')
                || CASE t.evtenabled WHEN 'O' THEN '' ELSE format(';%sALTER EVENT TRIGGER %I %s', chr(10), t.evtname,
                    CASE t.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END)
                   END,
            NULL, NULL
        FROM pg_event_trigger t WHERE \(Query.isOwn("t.oid", in: "pg_event_trigger"))
        """

    /// `pg_description`, of everything that was not there from the beginning.
    static let comments = """
        SELECT i.type || ' ' || i.identity,
            format('COMMENT ON %s %s IS %L', CASE
                    WHEN i.type ~ ' column$' THEN 'COLUMN' WHEN i.type ~ 'constraint$' THEN 'CONSTRAINT'
                    ELSE upper(i.type) END,
                CASE i.type WHEN 'domain constraint' THEN replace(i.identity, ' on ', ' ON DOMAIN ')
                    ELSE i.identity END,
                d.description),
            n.nspname::text, c.relname::text
        FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
            LEFT JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
            LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE d.objoid >= 16384 AND i.type NOT IN ('extension', 'toast table')
            AND coalesce(i.schema, '') !~ '^pg_(toast|temp)'
            AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid
                AND e.deptype = 'e')
        """
}
