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
