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
