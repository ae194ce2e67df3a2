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
