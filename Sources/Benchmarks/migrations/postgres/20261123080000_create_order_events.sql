-- migrate:up

CREATE TABLE order_events (
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
    tenant_id       uuid        NOT NULL,
    region          text        NOT NULL DEFAULT 'eu',
    due_at          timestamptz,
    UNIQUE (aggregate_id, version),
    UNIQUE (aggregate_id, event_id),
    CHECK (data IS NULL OR data_binary IS NULL)
);

-- Not unique, so that the table can be partitioned by aggregate_id.
CREATE INDEX order_events_by_position ON order_events (position);

CREATE INDEX order_events_by_correlation ON order_events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE INDEX order_events_by_causation ON order_events (causation_id) WHERE causation_id IS NOT NULL;

CREATE FUNCTION order_events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE TRIGGER order_events_refuse_update BEFORE UPDATE ON order_events
    FOR EACH ROW EXECUTE FUNCTION order_events_refuse_change();

CREATE TRIGGER order_events_refuse_delete BEFORE DELETE ON order_events
    FOR EACH ROW EXECUTE FUNCTION order_events_refuse_change();

CREATE TRIGGER order_events_refuse_truncate BEFORE TRUNCATE ON order_events
    FOR EACH STATEMENT EXECUTE FUNCTION order_events_refuse_change();

-- Whoever inserts holds this lock before a position is drawn, and until the transaction ends. So a reader of the feed
-- that misses a position can wait for those who may still commit it, whatever program they are.
CREATE FUNCTION order_events_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(
        pg_catalog.hashtextextended(coalesce(TG_ARGV[0], TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME), 0));
    RETURN NULL;
END
$$;

CREATE TRIGGER order_events_announce BEFORE INSERT ON order_events
    FOR EACH STATEMENT EXECUTE FUNCTION order_events_announce();

-- migrate:down

DROP TABLE order_events;

DROP FUNCTION order_events_refuse_change();

DROP FUNCTION order_events_announce();
