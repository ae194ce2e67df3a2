-- migrate:up

CREATE TABLE receipt_snapshots (
    aggregate_id   TEXT    NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),   -- how many events are folded into the state
    aggregate_type TEXT    NOT NULL,
    state          TEXT    NOT NULL,                       -- JSON, byte for byte
    state_schema   TEXT,
    recorded_at    INTEGER NOT NULL,                       -- microseconds since 1970-01-01T00:00:00Z
    UNIQUE (aggregate_id, version)
) STRICT;

-- migrate:down

DROP TABLE receipt_snapshots;
