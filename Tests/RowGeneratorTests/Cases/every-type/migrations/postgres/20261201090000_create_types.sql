-- migrate:up

CREATE SCHEMA types;

CREATE EXTENSION citext SCHEMA public;

CREATE TYPE types.region AS ENUM ('eu', 'us', '2nd', 'it''s "odd", isn''t {it}');

CREATE DOMAIN types.email AS text CHECK (VALUE LIKE '%@%');

CREATE DOMAIN types.amount AS numeric(60,30) CHECK (VALUE <> 13);

CREATE TYPE types.place AS (number integer, name text, since date);

CREATE TABLE types.samples (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    a_smallint smallint,
    an_integer integer,
    a_bigint bigint,
    a_real real,
    a_double double precision,
    a_numeric numeric,
    a_price numeric(12,2),
    a_boolean boolean,
    a_text text,
    a_varchar varchar(20),
    a_citext public.citext,
    a_bytea bytea,
    a_uuid uuid,
    a_date date,
    a_time time,
    a_timetz timetz,
    a_timestamp timestamp,
    a_timestamptz timestamptz,
    whole_seconds timestamptz(0),
    an_interval interval,
    a_json json,
    a_jsonb jsonb,
    a_region types.region,
    an_email types.email,
    an_amount types.amount,
    an_inet inet,
    a_cidr cidr,
    a_macaddr macaddr,
    a_place types.place,
    smallints smallint[],
    integers integer[],
    bigints bigint[],
    reals real[],
    doubles double precision[],
    numerics numeric[],
    booleans boolean[],
    texts text[],
    words varchar(20)[],
    byteas bytea[],
    uuids uuid[],
    dates date[],
    times time[],
    timetzs timetz[],
    timestamps timestamp[],
    timestamptzs timestamptz[],
    intervals interval[],
    jsons json[],
    regions types.region[],
    emails types.email[],
    int4ranges int4range[],
    prices numeric(12,2)[],
    an_int4range int4range,
    an_int8range int8range,
    a_numrange numrange,
    a_tsrange tsrange,
    a_tstzrange tstzrange,
    a_daterange daterange,
    text_length integer GENERATED ALWAYS AS (length(a_text)) STORED
);

CREATE TABLE types.stock (
    warehouse text    COLLATE "C" NOT NULL,
    item      uuid    NOT NULL,
    amount    numeric NOT NULL DEFAULT 0,
    note      text    COLLATE "C",
    PRIMARY KEY (warehouse, item)
);

CREATE TABLE types.tags (name text COLLATE "C" PRIMARY KEY);

CREATE VIEW types.stock_by_item AS SELECT item, sum(amount) AS amount, array_agg(warehouse ORDER BY warehouse) AS warehouses
    FROM types.stock GROUP BY item;

CREATE TABLE types.sample_events (
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
    amount numeric NOT NULL,
    price numeric(10,2),
    code varchar(5),
    tags text[] NOT NULL DEFAULT '{}',
    period tstzrange,
    address inet,
    duration interval,
    region types.region,
    shape char(3),
    due_on date,
    payload json,
    cost numeric(8,2),
    UNIQUE (aggregate_id, version),
    UNIQUE (aggregate_id, event_id)
);

CREATE TABLE types.sample_snapshots (
    aggregate_id   text        COLLATE "C" NOT NULL,
    version        bigint      NOT NULL,
    aggregate_type text        COLLATE "C" NOT NULL,
    state          json        NOT NULL,
    state_schema   text        COLLATE "C",
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (aggregate_id, version)
);

CREATE TABLE public.checkpoints (
    feed       text        COLLATE "C" NOT NULL,
    reader     text        COLLATE "C" NOT NULL,
    position   bigint      NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (feed, reader)
);

-- migrate:irreversible
