// Generated from schema/schema.json by row-generator; do not edit.

import EventSourcingSQL

/// The migrations that the code of this module was generated from.
enum Schema {
    /// The migrations of each dialect, as files that a store can apply.
    static let embedded = EmbeddedSchema(migrations: [
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
            EmbeddedMigration(
                name: "20261201090000_create_orders.sql",
                checksum: "73023d91c6fb20c0679828352d6cce25f5803712770c0c50b3aba989a8357658",
                text: #"""
                    -- migrate:up

                    CREATE SCHEMA orders;

                    CREATE TYPE orders.region AS ENUM ('eu', 'us', 'asia-pacific');

                    CREATE DOMAIN orders.currency AS text CHECK (VALUE ~ '^[A-Z]{3}$');

                    CREATE TABLE orders.order_events (
                        position        bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1),
                        aggregate_id    text        COLLATE "C" NOT NULL,
                        version         bigint      NOT NULL CHECK (version > 0),
                        event_id        text        COLLATE "C" NOT NULL,
                        type            text        COLLATE "C" NOT NULL,
                        source          text        COLLATE "C" NOT NULL,
                        subject         text        COLLATE "C",
                        data            json,
                        data_binary     bytea,
                        datacontenttype text        COLLATE "C",
                        dataschema      text        COLLATE "C",
                        specversion     text        COLLATE "C" NOT NULL DEFAULT '1.0',
                        extensions      json,
                        correlation_id  text        COLLATE "C",
                        causation_id    text        COLLATE "C",
                        occurred_at     timestamptz NOT NULL,
                        recorded_at     timestamptz NOT NULL,
                        tenant_id       uuid        NOT NULL,
                        region          orders.region NOT NULL DEFAULT 'eu',
                        currency        orders.currency NOT NULL DEFAULT 'EUR',
                        due_at          timestamptz,
                        address         jsonb,
                        type_length     integer     GENERATED ALWAYS AS (length(type)) STORED,
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id),
                        CHECK (data IS NULL OR data_binary IS NULL)
                    );

                    CREATE INDEX order_events_by_position ON orders.order_events (position);

                    CREATE INDEX order_events_by_correlation ON orders.order_events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX order_events_by_causation ON orders.order_events (causation_id) WHERE causation_id IS NOT NULL;

                    CREATE TRIGGER order_events_refuse_change BEFORE UPDATE OR DELETE ON orders.order_events
                        FOR EACH ROW EXECUTE FUNCTION public.events_refuse_change();

                    CREATE TRIGGER order_events_refuse_truncate BEFORE TRUNCATE ON orders.order_events
                        FOR EACH STATEMENT EXECUTE FUNCTION public.events_refuse_change();

                    CREATE TRIGGER order_events_announce BEFORE INSERT ON orders.order_events
                        FOR EACH STATEMENT EXECUTE FUNCTION public.events_announce();

                    CREATE TABLE orders.order_snapshots (
                        aggregate_id   text        COLLATE "C" NOT NULL,
                        version        bigint      NOT NULL CHECK (version > 0),
                        aggregate_type text        COLLATE "C" NOT NULL,
                        state          json        NOT NULL,
                        state_schema   text        COLLATE "C",
                        recorded_at    timestamptz NOT NULL,
                        UNIQUE (aggregate_id, version)
                    );

                    CREATE TABLE orders.customers (
                        id         uuid        PRIMARY KEY,
                        name       text        NOT NULL,
                        email      text        UNIQUE,
                        is_active  boolean     NOT NULL DEFAULT true,
                        created_at timestamptz NOT NULL
                    );

                    -- migrate:down

                    DROP SCHEMA orders CASCADE;

                    """#),
            EmbeddedMigration(
                name: "20261201090300_create_invoices.sql",
                checksum: "58f66735700b415f8043b320ee32c51cfd89a08dabbee9c7ff4fc23bda9cf7c6",
                text: #"""
                    -- migrate:up

                    CREATE SCHEMA billing;

                    CREATE TABLE billing.invoice_events (
                        position        bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1),
                        aggregate_id    text        COLLATE "C" NOT NULL,
                        version         bigint      NOT NULL CHECK (version > 0),
                        event_id        text        COLLATE "C" NOT NULL,
                        type            text        COLLATE "C" NOT NULL,
                        source          text        COLLATE "C" NOT NULL,
                        subject         text        COLLATE "C",
                        data            json,
                        data_binary     bytea,
                        datacontenttype text        COLLATE "C",
                        dataschema      text        COLLATE "C",
                        specversion     text        COLLATE "C" NOT NULL DEFAULT '1.0',
                        extensions      json,
                        correlation_id  text        COLLATE "C",
                        causation_id    text        COLLATE "C",
                        occurred_at     timestamptz NOT NULL,
                        recorded_at     timestamptz NOT NULL,
                        customer_number bigint      NOT NULL,
                        is_final        boolean     NOT NULL DEFAULT false,
                        remark          text,
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id),
                        CHECK (data IS NULL OR data_binary IS NULL)
                    );

                    CREATE INDEX invoice_events_by_position ON billing.invoice_events (position);

                    CREATE INDEX invoice_events_by_correlation ON billing.invoice_events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX invoice_events_by_causation ON billing.invoice_events (causation_id) WHERE causation_id IS NOT NULL;

                    CREATE TRIGGER invoice_events_refuse_change BEFORE UPDATE OR DELETE ON billing.invoice_events
                        FOR EACH ROW EXECUTE FUNCTION public.events_refuse_change();

                    CREATE TRIGGER invoice_events_refuse_truncate BEFORE TRUNCATE ON billing.invoice_events
                        FOR EACH STATEMENT EXECUTE FUNCTION public.events_refuse_change();

                    CREATE TRIGGER invoice_events_announce BEFORE INSERT ON billing.invoice_events
                        FOR EACH STATEMENT EXECUTE FUNCTION public.events_announce();

                    CREATE TABLE billing.invoice_snapshots (
                        aggregate_id   text        COLLATE "C" NOT NULL,
                        version        bigint      NOT NULL CHECK (version > 0),
                        aggregate_type text        COLLATE "C" NOT NULL,
                        state          json        NOT NULL,
                        state_schema   text        COLLATE "C",
                        recorded_at    timestamptz NOT NULL,
                        UNIQUE (aggregate_id, version)
                    );

                    -- migrate:down

                    DROP SCHEMA billing CASCADE;

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
            EmbeddedMigration(
                name: "20261201090000_create_order_events.sql",
                checksum: "24b5b0fd2509ff6ea2ad230fbad2a2204f5f4a5ef71c7333a1355461210f025a",
                text: #"""
                    -- migrate:up

                    CREATE TABLE order_events (
                        position        INTEGER PRIMARY KEY AUTOINCREMENT,
                        aggregate_id    TEXT    NOT NULL,
                        version         INTEGER NOT NULL CHECK (version > 0),
                        event_id        TEXT    NOT NULL,
                        type            TEXT    NOT NULL,
                        source          TEXT    NOT NULL,
                        subject         TEXT,
                        data            TEXT,
                        data_binary     BLOB,
                        datacontenttype TEXT,
                        dataschema      TEXT,
                        specversion     TEXT    NOT NULL DEFAULT '1.0',
                        extensions      TEXT,
                        correlation_id  TEXT,
                        causation_id    TEXT,
                        occurred_at     INTEGER NOT NULL,
                        recorded_at     INTEGER NOT NULL,
                        tenant_id       TEXT    NOT NULL,
                        region          TEXT    NOT NULL DEFAULT 'eu',
                        currency        TEXT    NOT NULL DEFAULT 'EUR' CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
                        due_at          INTEGER,
                        address         TEXT,
                        type_length     INTEGER GENERATED ALWAYS AS (length(type)) VIRTUAL,
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id),
                        CHECK (data IS NULL OR data_binary IS NULL)
                    ) STRICT;

                    CREATE INDEX order_events_by_correlation ON order_events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX order_events_by_causation ON order_events (causation_id) WHERE causation_id IS NOT NULL;

                    CREATE TRIGGER order_events_refuse_update BEFORE UPDATE ON order_events
                    BEGIN
                        SELECT RAISE(ABORT, 'order_events is append-only: UPDATE refused');
                    END;

                    CREATE TRIGGER order_events_refuse_delete BEFORE DELETE ON order_events
                    BEGIN
                        SELECT RAISE(ABORT, 'order_events is append-only: DELETE refused');
                    END;

                    -- migrate:down

                    DROP TABLE order_events;

                    """#),
            EmbeddedMigration(
                name: "20261201090100_create_order_snapshots.sql",
                checksum: "8601efcc8124f0c47a7a6a769c841e8bcc338af29a96b7b6429455b4c063b968",
                text: #"""
                    -- migrate:up

                    CREATE TABLE order_snapshots (
                        aggregate_id   TEXT    NOT NULL,
                        version        INTEGER NOT NULL CHECK (version > 0),
                        aggregate_type TEXT    NOT NULL,
                        state          TEXT    NOT NULL,
                        state_schema   TEXT,
                        recorded_at    INTEGER NOT NULL,
                        UNIQUE (aggregate_id, version)
                    ) STRICT;

                    -- migrate:down

                    DROP TABLE order_snapshots;

                    """#),
            EmbeddedMigration(
                name: "20261201090200_create_customers.sql",
                checksum: "548c29b16f6988abdb5a13950299af856af8056c22d3267aa0f6baee14b2c1a9",
                text: #"""
                    -- migrate:up

                    CREATE TABLE customers (
                        id         TEXT    PRIMARY KEY NOT NULL,
                        name       TEXT    NOT NULL,
                        email      TEXT    UNIQUE,
                        is_active  INTEGER NOT NULL DEFAULT 1,
                        created_at INTEGER NOT NULL
                    ) STRICT;

                    -- migrate:down

                    DROP TABLE customers;

                    """#),
            EmbeddedMigration(
                name: "20261201090300_create_invoices.sql",
                checksum: "67d494b7a2c7819589e6375c801f23820e898732b00cd763a4dd8d522ae166d7",
                text: #"""
                    -- migrate:up

                    CREATE TABLE invoice_events (
                        position        INTEGER PRIMARY KEY AUTOINCREMENT,
                        aggregate_id    TEXT    NOT NULL,
                        version         INTEGER NOT NULL CHECK (version > 0),
                        event_id        TEXT    NOT NULL,
                        type            TEXT    NOT NULL,
                        source          TEXT    NOT NULL,
                        subject         TEXT,
                        data            TEXT,
                        data_binary     BLOB,
                        datacontenttype TEXT,
                        dataschema      TEXT,
                        specversion     TEXT    NOT NULL DEFAULT '1.0',
                        extensions      TEXT,
                        correlation_id  TEXT,
                        causation_id    TEXT,
                        occurred_at     INTEGER NOT NULL,
                        recorded_at     INTEGER NOT NULL,
                        customer_number INTEGER NOT NULL,
                        is_final        INTEGER NOT NULL DEFAULT 0,
                        remark          TEXT,
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id),
                        CHECK (data IS NULL OR data_binary IS NULL)
                    ) STRICT;

                    CREATE INDEX invoice_events_by_correlation ON invoice_events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX invoice_events_by_causation ON invoice_events (causation_id) WHERE causation_id IS NOT NULL;

                    CREATE TRIGGER invoice_events_refuse_update BEFORE UPDATE ON invoice_events
                    BEGIN
                        SELECT RAISE(ABORT, 'invoice_events is append-only: UPDATE refused');
                    END;

                    CREATE TRIGGER invoice_events_refuse_delete BEFORE DELETE ON invoice_events
                    BEGIN
                        SELECT RAISE(ABORT, 'invoice_events is append-only: DELETE refused');
                    END;

                    CREATE TABLE invoice_snapshots (
                        aggregate_id   TEXT    NOT NULL,
                        version        INTEGER NOT NULL CHECK (version > 0),
                        aggregate_type TEXT    NOT NULL,
                        state          TEXT    NOT NULL,
                        state_schema   TEXT,
                        recorded_at    INTEGER NOT NULL,
                        UNIQUE (aggregate_id, version)
                    ) STRICT;

                    -- migrate:down

                    DROP TABLE invoice_snapshots;

                    DROP TABLE invoice_events;

                    """#),
        ],
    ])
}
