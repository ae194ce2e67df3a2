/// The SQL that tells who may still commit events of a table; `$1` is the table's name as it is written into SQL.
enum FeedTexts {
    /// The key of the feed's lock is the one that the table's trigger `events_announce` makes.
    private static let feed = """
        WITH feed AS MATERIALIZED (
            SELECT c.oid AS events, hashtextextended(n.nspname || '.' || c.relname, 0) AS key
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = $1::text::regclass)
        """

    /// The locks of the feed; `pg_locks` shows a key of 64 bits in two halves, and 1 as what tells that from two keys.
    private static let locks = """
        FROM feed JOIN pg_locks AS l
            ON l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
            AND l.classid = ((feed.key >> 32) & 4294967295)::oid AND l.objid = (feed.key & 4294967295)::oid
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """

    /// One look, see ``FeedObservation``. The snapshot is taken before the statement begins, and so before the locks are
    /// read.
    ///
    /// - Parameter lastPosition: a query for the highest visible position.
    static func look(lastPosition: String) -> String {
        """
        \(feed)
        SELECT pg_postmaster_start_time(), (\(lastPosition)), ARRAY(SELECT DISTINCT l.virtualtransaction \(locks)),
            pg_is_in_recovery(),
            EXISTS (SELECT FROM feed JOIN pg_trigger AS t ON t.tgrelid = feed.events
                    WHERE NOT t.tgisinternal AND t.tgtype & 7 = 6 AND t.tgenabled IN ('O', 'A'))
        """
    }

    /// The processes that hold the lock; a prepared transaction has none any more.
    static let holders = """
        \(feed)
        SELECT DISTINCT l.virtualtransaction, l.pid, coalesce(a.application_name, ''),
            coalesce(a.xact_start, clock_timestamp())
        FROM (SELECT l.* \(locks)) AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
        """
}
