-- migrate:up

CREATE TABLE invoice_events (
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
    customer_number INTEGER NOT NULL,
    is_final        INTEGER NOT NULL DEFAULT 0,
    remark          TEXT,
    UNIQUE (aggregate_id, version),
    UNIQUE (aggregate_id, event_id),
    CHECK (data IS NULL OR data_binary IS NULL)
) STRICT;

CREATE INDEX invoice_events_by_correlation ON invoice_events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE INDEX invoice_events_by_causation ON invoice_events (causation_id) WHERE causation_id IS NOT NULL;

CREATE TRIGGER invoice_events_refuse_update BEFORE UPDATE ON invoice_events
BEGIN
    SELECT RAISE(ABORT, 'invoice_events is append-only: UPDATE refused');
END;

CREATE TRIGGER invoice_events_refuse_delete BEFORE DELETE ON invoice_events
BEGIN
    SELECT RAISE(ABORT, 'invoice_events is append-only: DELETE refused');
END;

CREATE TABLE invoice_snapshots (
    aggregate_id   TEXT    NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),
    aggregate_type TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    state_schema   TEXT,
    recorded_at    INTEGER NOT NULL,
    UNIQUE (aggregate_id, version)
) STRICT;

-- migrate:down

DROP TABLE invoice_snapshots;

DROP TABLE invoice_events;
