// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The migrations that the code of this module was generated from.
public enum Schema {
    /// The migrations of each dialect, as files that a store can apply.
    public static let embedded = EmbeddedSchema(migrations: [
        .sqlite: [
            EmbeddedMigration(
                name: "20261123080000_create_events.sql",
                checksum: "a5230b06cd1c9acfd2448a7f4530cef754fe049c94d6b711dab7534d62fc491b",
                text: #"""
                    -- migrate:up

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

                    CREATE INDEX events_by_correlation ON events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX events_by_causation ON events (causation_id) WHERE causation_id IS NOT NULL;

                    -- INSERT OR REPLACE fires the second trigger only with PRAGMA recursive_triggers = ON.
                    CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
                    BEGIN
                        SELECT RAISE(ABORT, 'events is append-only: UPDATE refused');
                    END;

                    CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
                    BEGIN
                        SELECT RAISE(ABORT, 'events is append-only: DELETE refused');
                    END;

                    -- migrate:down

                    DROP TABLE events;

                    """#),
            EmbeddedMigration(
                name: "20261123080100_create_snapshots.sql",
                checksum: "46a238bf6907be1832c7f4f280063e0be4353bee98d4e5f83c11d2beb02d3f64",
                text: #"""
                    -- migrate:up

                    CREATE TABLE snapshots (
                        aggregate_id   TEXT    NOT NULL,
                        version        INTEGER NOT NULL CHECK (version > 0),   -- how many events are folded into the state
                        aggregate_type TEXT    NOT NULL,
                        state          TEXT    NOT NULL,                       -- JSON, byte for byte
                        state_schema   TEXT,
                        recorded_at    INTEGER NOT NULL,                       -- microseconds since 1970-01-01T00:00:00Z
                        UNIQUE (aggregate_id, version)
                    ) STRICT;

                    -- migrate:down

                    DROP TABLE snapshots;

                    """#),
            EmbeddedMigration(
                name: "20261123080200_create_checkpoints.sql",
                checksum: "e67597726e6ffe2965417b68c117f2bbbcc2505337b6956e997e6de0e0e722d9",
                text: #"""
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

                    """#),
        ]
    ])
}
