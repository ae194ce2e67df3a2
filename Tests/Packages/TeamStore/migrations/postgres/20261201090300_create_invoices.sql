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
