-- migrate:up

CREATE TABLE receipt_snapshots (
    aggregate_id   text        COLLATE "C" NOT NULL,
    version        bigint      NOT NULL CHECK (version > 0),   -- how many events are folded into the state
    aggregate_type text        COLLATE "C" NOT NULL,
    state          json        NOT NULL,                       -- not jsonb: byte for byte
    state_schema   text        COLLATE "C",
    recorded_at    timestamptz NOT NULL,
    UNIQUE (aggregate_id, version)
);

-- migrate:down

DROP TABLE receipt_snapshots;
