-- Written by `event-store schema dump` from the migrations; do not edit.

CREATE TABLE checkpoints (
    feed       TEXT    NOT NULL,                          -- the events table that is read
    reader     TEXT    NOT NULL,
    position   INTEGER NOT NULL CHECK (position >= 0),    -- of the last event that the reader has dealt with
    updated_at INTEGER NOT NULL,                          -- microseconds since 1970-01-01T00:00:00Z
    PRIMARY KEY (feed, reader)
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
    id         TEXT    PRIMARY KEY NOT NULL,
    name       TEXT    NOT NULL,
    email      TEXT    UNIQUE,
    is_active  INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    position        INTEGER PRIMARY KEY AUTOINCREMENT,   -- AUTOINCREMENT: a plain rowid is used again after a delete
    aggregate_id    TEXT    NOT NULL,
    version         INTEGER NOT NULL CHECK (version > 0),
    event_id        TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    source          TEXT    NOT NULL,
    subject         TEXT,
    data            TEXT,                                -- JSON, byte for byte
    data_binary     BLOB,
    datacontenttype TEXT,
    dataschema      TEXT,
    specversion     TEXT    NOT NULL DEFAULT '1.0',
    extensions      TEXT,                                -- a JSON object, NULL when there are none
    correlation_id  TEXT,
    causation_id    TEXT,
    occurred_at     INTEGER NOT NULL,                    -- microseconds since 1970-01-01T00:00:00Z
    recorded_at     INTEGER NOT NULL,                    -- microseconds since 1970-01-01T00:00:00Z
    UNIQUE (aggregate_id, version),
    UNIQUE (aggregate_id, event_id),
    CHECK (data IS NULL OR data_binary IS NULL)
) STRICT;

CREATE INDEX events_by_causation ON events (causation_id) WHERE causation_id IS NOT NULL;

CREATE INDEX events_by_correlation ON events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events is append-only: DELETE refused');
END;

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events is append-only: UPDATE refused');
END;

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

CREATE INDEX invoice_events_by_causation ON invoice_events (causation_id) WHERE causation_id IS NOT NULL;

CREATE INDEX invoice_events_by_correlation ON invoice_events (correlation_id) WHERE correlation_id IS NOT NULL;

CREATE TRIGGER invoice_events_refuse_delete BEFORE DELETE ON invoice_events
BEGIN
    SELECT RAISE(ABORT, 'invoice_events is append-only: DELETE refused');
END;

CREATE TRIGGER invoice_events_refuse_update BEFORE UPDATE ON invoice_events
BEGIN
    SELECT RAISE(ABORT, 'invoice_events is append-only: UPDATE refused');
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
    currency        TEXT    NOT NULL DEFAULT 'EUR' CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    due_at          INTEGER,
    address         TEXT,
    type_length     INTEGER GENERATED ALWAYS AS (length(type)) VIRTUAL,
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
    version        INTEGER NOT NULL CHECK (version > 0),
    aggregate_type TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    state_schema   TEXT,
    recorded_at    INTEGER NOT NULL,
    UNIQUE (aggregate_id, version)
) STRICT;

CREATE TABLE snapshots (
    aggregate_id   TEXT    NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),   -- how many events are folded into the state
    aggregate_type TEXT    NOT NULL,
    state          TEXT    NOT NULL,                       -- JSON, byte for byte
    state_schema   TEXT,
    recorded_at    INTEGER NOT NULL,                       -- microseconds since 1970-01-01T00:00:00Z
    UNIQUE (aggregate_id, version)
) STRICT;
