-- migrate:up

CREATE TABLE receipt_events (
    position        INTEGER PRIMARY KEY AUTOINCREMENT,
    aggregate_id    TEXT    NOT NULL,
    version         INTEGER NOT NULL CHECK (version > 0),
    event_id        TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    source          TEXT    NOT NULL,
    subject         TEXT,
    data            TEXT,
    data_binary     BLOB,
    datacontenttype TEXT,
    dataschema      TEXT,
    specversion     TEXT    NOT NULL DEFAULT '1.0',
    extensions      TEXT,
    correlation_id  TEXT,
    causation_id    TEXT,
    occurred_at     INTEGER NOT NULL,
    recorded_at     INTEGER NOT NULL,
    UNIQUE (aggregate_id, version),
    UNIQUE (aggregate_id, event_id),
    CHECK (data IS NULL OR data_binary IS NULL)
) STRICT;

CREATE INDEX receipt_events_by_correlation ON receipt_events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE INDEX receipt_events_by_causation ON receipt_events (causation_id) WHERE causation_id IS NOT NULL;

CREATE TRIGGER receipt_events_refuse_update BEFORE UPDATE ON receipt_events
BEGIN
    SELECT RAISE(ABORT, 'receipt_events is append-only: UPDATE refused');
END;

CREATE TRIGGER receipt_events_refuse_delete BEFORE DELETE ON receipt_events
BEGIN
    SELECT RAISE(ABORT, 'receipt_events is append-only: DELETE refused');
END;

-- migrate:down

DROP TABLE receipt_events;
