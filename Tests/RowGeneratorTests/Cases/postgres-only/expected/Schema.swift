// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The migrations that the code of this module was generated from.
public enum Schema {
    /// The migrations of each dialect, as files that a store can apply.
    public static let embedded = EmbeddedSchema(migrations: [
        .postgres: [
            EmbeddedMigration(
                name: "20261201090000_create_shop.sql",
                checksum: "6abf05c82cc654e5f16d538d3d2ac629d3ea0dbb2c8edd88ef23dc3bd1fae8e7",
                text: #"""
                    -- migrate:up

                    CREATE EXTENSION citext;

                    CREATE SCHEMA shop;

                    CREATE DOMAIN shop.moment AS timestamptz NOT NULL;

                    CREATE TABLE shop.events (
                        position        bigint      GENERATED ALWAYS AS IDENTITY,
                        aggregate_id    text        COLLATE "C" NOT NULL,
                        version         bigint      NOT NULL CHECK (version > 0),
                        event_id        text        COLLATE "C" NOT NULL,
                        type            citext NOT NULL,
                        source          text        COLLATE "C" NOT NULL,
                        subject         text        COLLATE "C",
                        data            json,
                        data_binary     bytea,
                        datacontenttype text        COLLATE "C",
                        dataschema      text        COLLATE "C",
                        specversion     text        COLLATE "C" NOT NULL DEFAULT '1.0',
                        extensions      json,
                        correlation_id  text        COLLATE "C",
                        causation_id    text        COLLATE "C",
                        occurred_at     timestamptz NOT NULL,
                        recorded_at     timestamptz NOT NULL,
                        email           citext,
                        code            char(4),
                        amount          real,
                        units           integer     NOT NULL DEFAULT 1,
                        serial_number   serial,
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id)
                    );

                    CREATE TABLE shop.deliveries (
                        id        serial      PRIMARY KEY,
                        order_id  varchar(64) NOT NULL,
                        left_at   shop.moment DEFAULT now(),
                        "row"     bigint      NOT NULL DEFAULT 9000000000,
                        weight    numeric     GENERATED ALWAYS AS (1.5) STORED
                    );

                    -- migrate:irreversible

                    """#)
        ]
    ])
}
