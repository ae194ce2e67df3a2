// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The migrations that the code of this module was generated from.
public enum Schema {
    /// The migrations of each dialect, as files that a store can apply.
    public static let embedded = EmbeddedSchema(migrations: [
        .sqlite: [
            EmbeddedMigration(
                name: "20261201090000_create_order_events.sql",
                checksum: "8c814263c0cdeaf924950ea6dd96e1fa7e5bd11b1a349e57c9d914eff017d0e5",
                text: #"""
                    -- migrate:up

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
                        region          TEXT,
                        due_at          INTEGER,
                        priority        INTEGER NOT NULL DEFAULT 3,
                        channel         TEXT    NOT NULL DEFAULT 'it''s "web"',
                        "default"       TEXT,
                        "in"            INTEGER NOT NULL DEFAULT 0,
                        "inout"         INTEGER,
                        "self"          REAL,
                        callback_url    TEXT,
                        line_ids        TEXT,
                        signature       BLOB,
                        type_length     INTEGER GENERATED ALWAYS AS (length(type)) STORED,
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id),
                        CHECK (data IS NULL OR data_binary IS NULL)
                    ) STRICT;

                    CREATE INDEX order_events_by_correlation ON order_events (correlation_id) WHERE correlation_id IS NOT NULL;

                    CREATE INDEX order_events_by_causation ON order_events (causation_id) WHERE causation_id IS NOT NULL;

                    CREATE TRIGGER order_events_refuse_update BEFORE UPDATE ON order_events
                    BEGIN
                        SELECT RAISE(ABORT, 'order_events is append-only: UPDATE refused');
                    END;

                    CREATE TRIGGER order_events_refuse_delete BEFORE DELETE ON order_events
                    BEGIN
                        SELECT RAISE(ABORT, 'order_events is append-only: DELETE refused');
                    END;

                    -- migrate:down

                    DROP TABLE order_events;

                    """#),
            EmbeddedMigration(
                name: "20261201090100_create_order_snapshots.sql",
                checksum: "59f9aa9c5abb75d6dcf30a56b8a1d03e2aaf382fc92197e14edf8787701e314d",
                text: #"""
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

                    """#),
            EmbeddedMigration(
                name: "20261201090200_create_customers.sql",
                checksum: "8c06e41093d4cdf64fbae9469d4080977633f0800d748037ed32fd86e19ceaa5",
                text: #"""
                    -- migrate:up

                    CREATE TABLE customers (
                        id         TEXT    PRIMARY KEY NOT NULL,
                        name       TEXT    NOT NULL,
                        email      TEXT    UNIQUE,
                        is_active  INTEGER NOT NULL DEFAULT 1,
                        discount   REAL    NOT NULL DEFAULT 0,
                        settings   TEXT,
                        "2fa_key"  BLOB,
                        "init"     INTEGER,
                        created_at INTEGER NOT NULL
                    ) STRICT;

                    CREATE UNIQUE INDEX customers_by_name ON customers (name, created_at);

                    CREATE TABLE addresses (
                        customer_id TEXT        NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
                        line_1      VARCHAR(80) NOT NULL,
                        "row"       INT
                    );

                    -- migrate:down

                    DROP TABLE addresses;
                    DROP TABLE customers;

                    """#),
            EmbeddedMigration(
                name: "20261201090300_create_active_customers.sql",
                checksum: "d74a18dba7b6cfe90b4fe111664508e4ffe6cb12808f6d6810ef4f5a28b1f5bb",
                text: ###"""
                    -- migrate:up

                    -- What Swift literals must not stumble over: 	 tabs, \n, \#(x), """, """##, é and trailing blanks   
                       
                    CREATE VIEW active_customers AS
                    SELECT id, name, (SELECT count(*) FROM order_events WHERE tenant_id = customers.id) AS orders
                    FROM customers WHERE is_active;

                    -- migrate:down

                    DROP VIEW active_customers;
                    """###),
        ]
    ])
}
