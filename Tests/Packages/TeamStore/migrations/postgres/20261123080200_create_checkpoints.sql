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
