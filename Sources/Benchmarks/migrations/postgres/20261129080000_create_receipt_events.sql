-- migrate:up

CREATE TABLE receipt_events (
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
CREATE INDEX receipt_events_by_position ON receipt_events (position);

CREATE INDEX receipt_events_by_correlation ON receipt_events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE INDEX receipt_events_by_causation ON receipt_events (causation_id) WHERE causation_id IS NOT NULL;

CREATE FUNCTION receipt_events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE TRIGGER receipt_events_refuse_update BEFORE UPDATE ON receipt_events
    FOR EACH ROW EXECUTE FUNCTION receipt_events_refuse_change();

CREATE TRIGGER receipt_events_refuse_delete BEFORE DELETE ON receipt_events
    FOR EACH ROW EXECUTE FUNCTION receipt_events_refuse_change();

CREATE TRIGGER receipt_events_refuse_truncate BEFORE TRUNCATE ON receipt_events
    FOR EACH STATEMENT EXECUTE FUNCTION receipt_events_refuse_change();

-- Whoever inserts holds this lock before a position is drawn, and until the transaction ends. So a reader of the feed
-- that misses a position can wait for those who may still commit it, whatever program they are.
CREATE FUNCTION receipt_events_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(
        pg_catalog.hashtextextended(coalesce(TG_ARGV[0], TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME), 0));
    RETURN NULL;
END
$$;

CREATE TRIGGER receipt_events_announce BEFORE INSERT ON receipt_events
    FOR EACH STATEMENT EXECUTE FUNCTION receipt_events_announce();

-- migrate:down

DROP TABLE receipt_events;

DROP FUNCTION receipt_events_refuse_change();

DROP FUNCTION receipt_events_announce();
