// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The migrations that the code of this module was generated from.
public enum Schema {
    /// The migrations of each dialect, as files that a store can apply.
    public static let embedded = EmbeddedSchema(migrations: [
        .postgres: [
            EmbeddedMigration(
                name: "20261123080000_create_events.sql",
                checksum: "86485c394568ed4fcfb1c31bc97443d0b0693cf0241208754ca775bcd7ba9cfd",
                text: #"""
                    -- migrate:up

                    CREATE TABLE events (
                        position        bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1),  -- CACHE 1: in order
                        aggregate_id    text        COLLATE "C" NOT NULL,
                        version         bigint      NOT NULL CHECK (version > 0),
                        event_id        text        COLLATE "C" NOT NULL,
                        type            text        COLLATE "C" NOT NULL,
                        source          text        COLLATE "C" NOT NULL,
                        subject         text        COLLATE "C",
                        data            json,                                             -- not jsonb: byte for byte
                        data_binary     bytea,
                        datacontenttype text        COLLATE "C",
                        dataschema      text        COLLATE "C",
                        specversion     text        COLLATE "C" NOT NULL DEFAULT '1.0',
                        extensions      json,                                             -- an object, NULL when there are none
                        correlation_id  text        COLLATE "C",
                        causation_id    text        COLLATE "C",
                        occurred_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
                        recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id),
                        CHECK (data IS NULL OR data_binary IS NULL)
                    );

                    -- Not unique, so that the table can be partitioned by aggregate_id.
                    CREATE INDEX events_by_position ON events (position);

                    CREATE INDEX events_by_correlation ON events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX events_by_causation ON events (causation_id) WHERE causation_id IS NOT NULL;

                    CREATE FUNCTION events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
                    END
                    $$;

                    CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
                        FOR EACH ROW EXECUTE FUNCTION events_refuse_change();

                    CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
                        FOR EACH ROW EXECUTE FUNCTION events_refuse_change();

                    CREATE TRIGGER events_refuse_truncate BEFORE TRUNCATE ON events
                        FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_change();

                    -- Whoever inserts holds this lock before a position is drawn, and until the transaction ends. So a reader of the feed
                    -- that misses a position can wait for those who may still commit it, whatever program they are.
                    CREATE FUNCTION events_announce() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        PERFORM pg_catalog.pg_advisory_xact_lock_shared(
                            pg_catalog.hashtextextended(coalesce(TG_ARGV[0], TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME), 0));
                        RETURN NULL;
                    END
                    $$;

                    CREATE TRIGGER events_announce BEFORE INSERT ON events
                        FOR EACH STATEMENT EXECUTE FUNCTION events_announce();

                    -- migrate:down

                    DROP TABLE events;

                    DROP FUNCTION events_refuse_change();

                    DROP FUNCTION events_announce();

                    """#),
            EmbeddedMigration(
                name: "20261123080100_create_snapshots.sql",
                checksum: "51dfd6e069f1b9d2e157ebddcd35de08af55f679f97999a4f57c6eebdbd48d10",
                text: #"""
                    -- migrate:up

                    CREATE TABLE snapshots (
                        aggregate_id   text        COLLATE "C" NOT NULL,
                        version        bigint      NOT NULL CHECK (version > 0),   -- how many events are folded into the state
                        aggregate_type text        COLLATE "C" NOT NULL,
                        state          json        NOT NULL,                       -- not jsonb: byte for byte
                        state_schema   text        COLLATE "C",
                        recorded_at    timestamptz NOT NULL,
                        UNIQUE (aggregate_id, version)
                    );

                    -- migrate:down

                    DROP TABLE snapshots;

                    """#),
            EmbeddedMigration(
                name: "20261123080200_create_checkpoints.sql",
                checksum: "c9194caff7e18ace4bba69ccb43e4e45b8325580bc8ff18cd6cc131cdb8fa4eb",
                text: #"""
                    -- migrate:up

                    CREATE TABLE checkpoints (
                        feed       text        COLLATE "C" NOT NULL,                   -- the events table that is read
                        reader     text        COLLATE "C" NOT NULL,
                        position   bigint      NOT NULL CHECK (position >= 0),         -- of the last event that the reader has dealt with
                        updated_at timestamptz NOT NULL,
                        PRIMARY KEY (feed, reader)
                    );

                    -- migrate:down

                    DROP TABLE checkpoints;

                    """#),
        ],
        .sqlite: [
            EmbeddedMigration(
                name: "20261123080000_create_events.sql",
                checksum: "a5230b06cd1c9acfd2448a7f4530cef754fe049c94d6b711dab7534d62fc491b",
                text: #"""
                    -- migrate:up

                    CREATE TABLE events (
                        position        INTEGER PRIMARY KEY AUTOINCREMENT,   -- AUTOINCREMENT: a plain rowid is used again after a delete
                        aggregate_id    TEXT    NOT NULL,
                        version         INTEGER NOT NULL CHECK (version > 0),
                        event_id        TEXT    NOT NULL,
                        type            TEXT    NOT NULL,
                        source          TEXT    NOT NULL,
                        subject         TEXT,
                        data            TEXT,                                -- JSON, byte for byte
                        data_binary     BLOB,
                        datacontenttype TEXT,
                        dataschema      TEXT,
                        specversion     TEXT    NOT NULL DEFAULT '1.0',
                        extensions      TEXT,                                -- a JSON object, NULL when there are none
                        correlation_id  TEXT,
                        causation_id    TEXT,
                        occurred_at     INTEGER NOT NULL,                    -- microseconds since 1970-01-01T00:00:00Z
                        recorded_at     INTEGER NOT NULL,                    -- microseconds since 1970-01-01T00:00:00Z
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id),
                        CHECK (data IS NULL OR data_binary IS NULL)
                    ) STRICT;

                    CREATE INDEX events_by_correlation ON events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX events_by_causation ON events (causation_id) WHERE causation_id IS NOT NULL;

                    -- INSERT OR REPLACE fires the second trigger only with PRAGMA recursive_triggers = ON.
                    CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
                    BEGIN
                        SELECT RAISE(ABORT, 'events is append-only: UPDATE refused');
                    END;

                    CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
                    BEGIN
                        SELECT RAISE(ABORT, 'events is append-only: DELETE refused');
                    END;

                    -- migrate:down

                    DROP TABLE events;

                    """#),
            EmbeddedMigration(
                name: "20261123080100_create_snapshots.sql",
                checksum: "46a238bf6907be1832c7f4f280063e0be4353bee98d4e5f83c11d2beb02d3f64",
                text: #"""
                    -- migrate:up

                    CREATE TABLE snapshots (
                        aggregate_id   TEXT    NOT NULL,
                        version        INTEGER NOT NULL CHECK (version > 0),   -- how many events are folded into the state
                        aggregate_type TEXT    NOT NULL,
                        state          TEXT    NOT NULL,                       -- JSON, byte for byte
                        state_schema   TEXT,
                        recorded_at    INTEGER NOT NULL,                       -- microseconds since 1970-01-01T00:00:00Z
                        UNIQUE (aggregate_id, version)
                    ) STRICT;

                    -- migrate:down

                    DROP TABLE snapshots;

                    """#),
            EmbeddedMigration(
                name: "20261123080200_create_checkpoints.sql",
                checksum: "e67597726e6ffe2965417b68c117f2bbbcc2505337b6956e997e6de0e0e722d9",
                text: #"""
                    -- migrate:up

                    CREATE TABLE checkpoints (
                        feed       TEXT    NOT NULL,                          -- the events table that is read
                        reader     TEXT    NOT NULL,
                        position   INTEGER NOT NULL CHECK (position >= 0),    -- of the last event that the reader has dealt with
                        updated_at INTEGER NOT NULL,                          -- microseconds since 1970-01-01T00:00:00Z
                        PRIMARY KEY (feed, reader)
                    ) STRICT, WITHOUT ROWID;

                    -- migrate:down

                    DROP TABLE checkpoints;

                    """#),
        ],
    ])
}
