extension DetailQueries {
    /// Who may do what, where that is not as it was from the beginning: `relacl`, `attacl`, `proacl`, `typacl`, `nspacl`.
    ///
    /// Whoever owns something is called the owner, because that is somebody else on each server. MAINTAIN is left out:
    /// before version 17 there was no such privilege. The schema `public` begins with what `pg_init_privs` says.
    static let privileges = """
        WITH objects AS (
            SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
                quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, c.relacl AS acl,
                acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual, c.relowner AS owner,
                NULL::text AS column, n.nspname::text AS schema, c.relname::text AS relation
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relacl IS NOT NULL
                AND \(CatalogQueries.isOwnSchema) AND \(CatalogQueries.isOwn("c.oid", in: "pg_class"))
            UNION ALL
            SELECT 'TABLE', quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attacl, NULL, c.relowner,
                quote_ident(a.attname), n.nspname::text, c.relname::text
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND \(CatalogQueries.isOwnSchema)
                AND \(CatalogQueries.isOwn("c.oid", in: "pg_class"))
            UNION ALL
            SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
                quote_ident(n.nspname) || '.' || quote_ident(p.proname)
                    || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                p.proacl, acldefault('f', p.proowner), p.proowner, NULL, NULL, NULL
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.proacl IS NOT NULL AND \(CatalogQueries.isOwnSchema) AND \(CatalogQueries.isOwn("p.oid", in: "pg_proc"))
            UNION ALL
            SELECT 'TYPE', quote_ident(n.nspname) || '.' || quote_ident(t.typname), t.typacl,
                acldefault('T', t.typowner), t.typowner, NULL, NULL, NULL
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typacl IS NOT NULL AND \(CatalogQueries.isOwnSchema) AND \(CatalogQueries.isOwn("t.oid", in: "pg_type"))
            UNION ALL
            SELECT 'SCHEMA', quote_ident(n.nspname), n.nspacl, coalesce(
                    (SELECT i.initprivs FROM pg_init_privs i
                     WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid AND i.objsubid = 0),
                    acldefault('n', n.nspowner)),
                n.nspowner, NULL, NULL, NULL
            FROM pg_namespace n
            WHERE n.nspacl IS NOT NULL AND \(CatalogQueries.isOwnSchema)
                AND \(CatalogQueries.isOwn("n.oid", in: "pg_namespace"))
        ), privileges AS (
            SELECT o.*, e.is_usual, x.privilege_type AS privilege, x.is_grantable,
                CASE WHEN x.grantee = 0 THEN 'PUBLIC' WHEN x.grantee = o.owner THEN 'the owner'
                    ELSE quote_ident(pg_get_userbyid(x.grantee)) END AS grantee
            FROM objects o CROSS JOIN LATERAL (VALUES (o.acl, false), (o.usual, true)) e (acl, is_usual)
                CROSS JOIN LATERAL aclexplode(e.acl) x
            WHERE x.privilege_type <> 'MAINTAIN'
        ), differences AS (
            SELECT kind, name, "column", schema, relation, grantee, privilege, is_grantable, bool_or(is_usual) AS is_revoked
            FROM privileges
            GROUP BY kind, name, "column", schema, relation, grantee, privilege, is_grantable
            HAVING bool_or(is_usual) <> bool_or(NOT is_usual)
        )
        SELECT lower(kind) || ' ' || name || coalesce('.' || "column", '')
                || CASE WHEN is_revoked THEN ' from ' ELSE ' to ' END || grantee
                || CASE WHEN is_grantable AND grantee <> 'the owner' THEN ' with grant option' ELSE '' END,
            CASE WHEN is_revoked THEN 'REVOKE ' ELSE 'GRANT ' END
                || string_agg(privilege || coalesce(' (' || "column" || ')', ''), ', ' ORDER BY privilege)
                || ' ON ' || kind || ' ' || name || CASE WHEN is_revoked THEN ' FROM ' ELSE ' TO ' END
                || CASE grantee WHEN 'the owner' THEN 'CURRENT_USER' ELSE grantee END
                || CASE WHEN is_grantable AND grantee <> 'the owner' THEN ' WITH GRANT OPTION' ELSE '' END,
            schema, relation, is_revoked
        FROM differences
        GROUP BY kind, name, "column", schema, relation, grantee, is_grantable, is_revoked
        """
}
