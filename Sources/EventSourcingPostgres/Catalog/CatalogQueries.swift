/// What is asked of PostgreSQL's system catalogs, see <https://www.postgresql.org/docs/current/catalogs.html>.
///
/// Rows refer to each other by OID, which differs from database to database and leaves no trace in the catalog that is
/// made of them. What extensions brought is left out, and so is what the server keeps for itself.
enum CatalogQueries {
    /// The condition for a schema, called `n`, whose contents are somebody's own.
    static let isOwnSchema =
        "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'"

    /// The condition for an object that no extension brought.
    static func isOwn(_ object: String, in catalog: String) -> String {
        """
        NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '\(catalog)'::regclass AND e.objid = \(object)
                    AND e.deptype = 'e')
        """
    }

    /// Tables, views, and the partitions of tables, parents first.
    static let relations = """
        SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, c.relpersistence::text,
            CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
            CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
            CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
            (SELECT i.inhparent::bigint FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relispartition)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND \(isOwnSchema) AND \(isOwn("c.oid", in: "pg_class"))
        ORDER BY n.nspname, c.relname
        """

    /// The columns in their order, with the options of the sequence behind an identity where they are not the usual ones.
    static let columns = """
        SELECT a.attrelid::bigint, a.attname::text, format_type(a.atttypid, a.atttypmod),
            a.attnotnull OR (t.typtype = 'd' AND t.typnotnull), pg_get_expr(d.adbin, d.adrelid), a.attgenerated::text,
            a.attidentity::text, quote_ident(cn.nspname) || '.' || quote_ident(co.collname), a.attnotnull,
            (SELECT concat_ws(
                    ' ', CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT ' || s.seqincrement END,
                    CASE WHEN s.seqstart <> 1 THEN 'START ' || s.seqstart END,
                    CASE WHEN s.seqmin <> 1 THEN 'MINVALUE ' || s.seqmin END,
                    CASE WHEN s.seqmax <> CASE s.seqtypid WHEN 'smallint'::regtype THEN 32767
                        WHEN 'integer'::regtype THEN 2147483647 ELSE 9223372036854775807 END
                        THEN 'MAXVALUE ' || s.seqmax END,
                    CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
                    CASE WHEN s.seqcycle THEN 'CYCLE' END)
             FROM pg_depend p JOIN pg_sequence s ON s.seqrelid = p.objid
             WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass
                 AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype IN ('a', 'i') LIMIT 1),
            o.name, o.type
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
            LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            LEFT JOIN LATERAL (
                SELECT quote_ident(sn.nspname) || '.' || quote_ident(sc.relname) AS name,
                    format_type(s.seqtypid, NULL) AS type
                FROM pg_depend p JOIN pg_sequence s ON s.seqrelid = p.objid JOIN pg_class sc ON sc.oid = s.seqrelid
                    JOIN pg_namespace sn ON sn.oid = sc.relnamespace
                WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass
                    AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype = 'a'
                ORDER BY 1 LIMIT 1) o ON true
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND \(isOwnSchema)
        ORDER BY a.attrelid, a.attnum
        """

    /// Keys, checks and exclusions of tables. NOT NULL is told with the column.
    static let constraints = """
        SELECT o.conrelid::bigint, o.contype::text, o.conname::text, pg_get_constraintdef(o.oid),
            ARRAY(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY k (number, place)
                  JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.number ORDER BY k.place),
            fn.nspname::text, f.relname::text,
            ARRAY(SELECT a.attname::text FROM unnest(o.confkey) WITH ORDINALITY k (number, place)
                  JOIN pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.number ORDER BY k.place),
            o.confdeltype::text, o.confupdtype::text
        FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace
            LEFT JOIN pg_class f ON f.oid = o.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
        WHERE o.conrelid <> 0 AND o.contype IN ('p', 'u', 'f', 'c', 'x') AND o.conparentid = 0 AND \(isOwnSchema)
        ORDER BY o.conrelid, o.contype, o.conname COLLATE "C"
        """

    /// Indexes, those behind keys included, with their columns unless one of them is an expression.
    static let indexes = """
        SELECT i.indrelid::bigint, c.relname::text, pg_get_indexdef(i.indexrelid),
            i.indisunique AND NOT i.indisprimary AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indisvalid
                AND i.indimmediate,
            EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x')),
            i.indisvalid,
            ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k (number, place)
                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                  WHERE k.place <= i.indnkeyatts ORDER BY k.place)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE \(isOwnSchema)
        ORDER BY i.indrelid, c.relname
        """

    /// Triggers that somebody created, and whether they fire: `O` yes, `D` no, `A` always, `R` on replicas.
    static let triggers = """
        SELECT t.tgrelid::bigint, t.tgname::text, pg_get_triggerdef(t.oid), t.tgenabled::text
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND \(isOwnSchema)
        ORDER BY t.tgrelid, t.tgname
        """

    static let enums = """
        SELECT n.nspname::text, t.typname::text,
            ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder)
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE t.typtype = 'e' AND \(isOwnSchema) AND \(isOwn("t.oid", in: "pg_type"))
        """

    static let domains = """
        SELECT n.nspname::text, t.typname::text,
            format_type(t.typbasetype, t.typtypmod)
                || coalesce(' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname), ''),
            t.typnotnull, t.typdefault,
            ARRAY(SELECT o.conname::text FROM pg_constraint o WHERE o.contypid = t.oid AND o.contype = 'c'
                  ORDER BY o.conname),
            ARRAY(SELECT pg_get_constraintdef(o.oid) FROM pg_constraint o WHERE o.contypid = t.oid AND o.contype = 'c'
                  ORDER BY o.conname)
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
            LEFT JOIN pg_collation co ON co.oid = t.typcollation AND t.typcollation <> b.typcollation
            LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
        WHERE t.typtype = 'd' AND \(isOwnSchema) AND \(isOwn("t.oid", in: "pg_type"))
        """

    /// Without those that came with a type of ranges.
    static let functions = """
        SELECT n.nspname::text, p.proname::text, pg_get_function_identity_arguments(p.oid), pg_get_functiondef(p.oid)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.prokind IN ('f', 'p') AND \(isOwnSchema) AND \(isOwn("p.oid", in: "pg_proc"))
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                AND d.deptype = 'i')
        """
}
