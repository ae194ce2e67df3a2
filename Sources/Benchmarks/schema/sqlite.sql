-- Written by `event-store schema dump` from the migrations; do not edit.

CREATE TABLE order_events (
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
    tenant_id       TEXT    NOT NULL,
    region          TEXT    NOT NULL DEFAULT 'eu',
    due_at          INTEGER,
    UNIQUE (aggregate_id, version),
    UNIQUE (aggregate_id, event_id),
    CHECK (data IS NULL OR data_binary IS NULL)
) STRICT;

CREATE INDEX order_events_by_causation ON order_events (causation_id) WHERE causation_id IS NOT NULL;

CREATE INDEX order_events_by_correlation ON order_events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE TRIGGER order_events_refuse_delete BEFORE DELETE ON order_events
BEGIN
    SELECT RAISE(ABORT, 'order_events is append-only: DELETE refused');
END;

CREATE TRIGGER order_events_refuse_update BEFORE UPDATE ON order_events
BEGIN
    SELECT RAISE(ABORT, 'order_events is append-only: UPDATE refused');
END;

CREATE TABLE order_snapshots (
    aggregate_id   TEXT    NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),   -- how many events are folded into the state
    aggregate_type TEXT    NOT NULL,
    state          TEXT    NOT NULL,                       -- JSON, byte for byte
    state_schema   TEXT,
    recorded_at    INTEGER NOT NULL,                       -- microseconds since 1970-01-01T00:00:00Z
    UNIQUE (aggregate_id, version)
) STRICT;

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

CREATE INDEX receipt_events_by_causation ON receipt_events (causation_id) WHERE causation_id IS NOT NULL;

CREATE INDEX receipt_events_by_correlation ON receipt_events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE TRIGGER receipt_events_refuse_delete BEFORE DELETE ON receipt_events
BEGIN
    SELECT RAISE(ABORT, 'receipt_events is append-only: DELETE refused');
END;

CREATE TRIGGER receipt_events_refuse_update BEFORE UPDATE ON receipt_events
BEGIN
    SELECT RAISE(ABORT, 'receipt_events is append-only: UPDATE refused');
END;

CREATE TABLE receipt_snapshots (
    aggregate_id   TEXT    NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),   -- how many events are folded into the state
    aggregate_type TEXT    NOT NULL,
    state          TEXT    NOT NULL,                       -- JSON, byte for byte
    state_schema   TEXT,
    recorded_at    INTEGER NOT NULL,                       -- microseconds since 1970-01-01T00:00:00Z
    UNIQUE (aggregate_id, version)
) STRICT;
