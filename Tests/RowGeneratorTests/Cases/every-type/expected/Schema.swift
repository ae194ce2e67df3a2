// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The migrations that the code of this module was generated from.
public enum Schema {
    /// The migrations of each dialect, as files that a store can apply.
    public static let embedded = EmbeddedSchema(migrations: [
        .postgres: [
            EmbeddedMigration(
                name: "20261201090000_create_types.sql",
                checksum: "88ffb63d1fdd92848d58ce9fecacee417d27fc7bfda5be5661c3130dd2e9928d",
                text: #"""
                    -- migrate:up

                    CREATE SCHEMA types;

                    CREATE EXTENSION citext SCHEMA public;

                    CREATE TYPE types.region AS ENUM ('eu', 'us', '2nd', 'it''s "odd", isn''t {it}');

                    CREATE DOMAIN types.email AS text CHECK (VALUE LIKE '%@%');

                    CREATE DOMAIN types.amount AS numeric(60,30) CHECK (VALUE <> 13);

                    CREATE TYPE types.place AS (number integer, name text, since date);

                    CREATE TABLE types.samples (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        a_smallint smallint,
                        an_integer integer,
                        a_bigint bigint,
                        a_real real,
                        a_double double precision,
                        a_numeric numeric,
                        a_price numeric(12,2),
                        a_boolean boolean,
                        a_text text,
                        a_varchar varchar(20),
                        a_citext public.citext,
                        a_bytea bytea,
                        a_uuid uuid,
                        a_date date,
                        a_time time,
                        a_timetz timetz,
                        a_timestamp timestamp,
                        a_timestamptz timestamptz,
                        whole_seconds timestamptz(0),
                        an_interval interval,
                        a_json json,
                        a_jsonb jsonb,
                        a_region types.region,
                        an_email types.email,
                        an_amount types.amount,
                        an_inet inet,
                        a_cidr cidr,
                        a_macaddr macaddr,
                        a_place types.place,
                        smallints smallint[],
                        integers integer[],
                        bigints bigint[],
                        reals real[],
                        doubles double precision[],
                        numerics numeric[],
                        booleans boolean[],
                        texts text[],
                        words varchar(20)[],
                        byteas bytea[],
                        uuids uuid[],
                        dates date[],
                        times time[],
                        timetzs timetz[],
                        timestamps timestamp[],
                        timestamptzs timestamptz[],
                        intervals interval[],
                        jsons json[],
                        regions types.region[],
                        emails types.email[],
                        int4ranges int4range[],
                        prices numeric(12,2)[],
                        an_int4range int4range,
                        an_int8range int8range,
                        a_numrange numrange,
                        a_tsrange tsrange,
                        a_tstzrange tstzrange,
                        a_daterange daterange,
                        text_length integer GENERATED ALWAYS AS (length(a_text)) STORED
                    );

                    CREATE TABLE types.stock (
                        warehouse text    COLLATE "C" NOT NULL,
                        item      uuid    NOT NULL,
                        amount    numeric NOT NULL DEFAULT 0,
                        note      text    COLLATE "C",
                        PRIMARY KEY (warehouse, item)
                    );

                    CREATE TABLE types.tags (name text COLLATE "C" PRIMARY KEY);

                    CREATE VIEW types.stock_by_item AS SELECT item, sum(amount) AS amount, array_agg(warehouse ORDER BY warehouse) AS warehouses
                        FROM types.stock GROUP BY item;

                    CREATE TABLE types.sample_events (
                        position        bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1),
                        aggregate_id    text        COLLATE "C" NOT NULL,
                        version         bigint      NOT NULL CHECK (version > 0),
                        event_id        text        COLLATE "C" NOT NULL,
                        type            text        COLLATE "C" NOT NULL,
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
                        amount numeric NOT NULL,
                        price numeric(10,2),
                        code varchar(5),
                        tags text[] NOT NULL DEFAULT '{}',
                        period tstzrange,
                        address inet,
                        duration interval,
                        region types.region,
                        shape char(3),
                        due_on date,
                        payload json,
                        cost numeric(8,2),
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id)
                    );

                    CREATE TABLE types.sample_snapshots (
                        aggregate_id   text        COLLATE "C" NOT NULL,
                        version        bigint      NOT NULL,
                        aggregate_type text        COLLATE "C" NOT NULL,
                        state          json        NOT NULL,
                        state_schema   text        COLLATE "C",
                        recorded_at    timestamptz NOT NULL,
                        PRIMARY KEY (aggregate_id, version)
                    );

                    CREATE TABLE public.checkpoints (
                        feed       text        COLLATE "C" NOT NULL,
                        reader     text        COLLATE "C" NOT NULL,
                        position   bigint      NOT NULL,
                        updated_at timestamptz NOT NULL,
                        PRIMARY KEY (feed, reader)
                    );

                    -- migrate:irreversible

                    """#)
        ],
        .sqlite: [
            EmbeddedMigration(
                name: "20261201090000_create_types.sql",
                checksum: "6731865a836132f90cde1873cac862cbc5da10bd605dce169e11952cdeccb924",
                text: #"""
                    -- migrate:up

                    CREATE TABLE samples (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        a_smallint INTEGER,
                        an_integer INTEGER,
                        a_bigint INTEGER,
                        a_real REAL,
                        a_double REAL,
                        a_numeric TEXT,
                        a_price TEXT,
                        a_boolean INTEGER,
                        a_text TEXT,
                        a_varchar TEXT,
                        a_citext TEXT,
                        a_bytea BLOB,
                        a_uuid TEXT,
                        a_date TEXT,
                        a_time TEXT,
                        a_timetz TEXT,
                        a_timestamp TEXT,
                        a_timestamptz INTEGER,
                        whole_seconds INTEGER,
                        an_interval TEXT,
                        a_json TEXT,
                        a_jsonb TEXT,
                        a_region TEXT,
                        an_email TEXT,
                        an_amount TEXT,
                        an_inet TEXT,
                        a_cidr TEXT,
                        a_macaddr TEXT,
                        a_place TEXT,
                        smallints TEXT,
                        integers TEXT,
                        bigints TEXT,
                        reals TEXT,
                        doubles TEXT,
                        numerics TEXT,
                        booleans TEXT,
                        texts TEXT,
                        words TEXT,
                        byteas TEXT,
                        uuids TEXT,
                        dates TEXT,
                        times TEXT,
                        timetzs TEXT,
                        timestamps TEXT,
                        timestamptzs TEXT,
                        intervals TEXT,
                        jsons TEXT,
                        regions TEXT,
                        emails TEXT,
                        int4ranges TEXT,
                        prices TEXT,
                        an_int4range TEXT,
                        an_int8range TEXT,
                        a_numrange TEXT,
                        a_tsrange TEXT,
                        a_tstzrange TEXT,
                        a_daterange TEXT,
                        text_length INTEGER GENERATED ALWAYS AS (length(a_text)) VIRTUAL
                    ) STRICT;

                    CREATE TABLE stock (
                        warehouse TEXT NOT NULL,
                        item      TEXT NOT NULL,
                        amount    TEXT NOT NULL DEFAULT 0,
                        note      TEXT,
                        PRIMARY KEY (warehouse, item)
                    ) STRICT;

                    CREATE TABLE tags (name TEXT PRIMARY KEY NOT NULL) STRICT;

                    CREATE TABLE sample_events (
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
                        amount TEXT NOT NULL,
                        price TEXT,
                        code TEXT,
                        tags TEXT NOT NULL DEFAULT '[]',
                        period TEXT,
                        address TEXT,
                        duration TEXT,
                        region TEXT,
                        shape TEXT,
                        due_on TEXT,
                        payload TEXT,
                        cost TEXT,
                        UNIQUE (aggregate_id, version),
                        UNIQUE (aggregate_id, event_id)
                    ) STRICT;

                    CREATE TABLE sample_snapshots (
                        aggregate_id   TEXT    NOT NULL,
                        version        INTEGER NOT NULL,
                        aggregate_type TEXT    NOT NULL,
                        state          TEXT    NOT NULL,
                        state_schema   TEXT,
                        recorded_at    INTEGER NOT NULL,
                        PRIMARY KEY (aggregate_id, version)
                    ) STRICT;

                    CREATE TABLE checkpoints (
                        feed       TEXT    NOT NULL,
                        reader     TEXT    NOT NULL,
                        position   INTEGER NOT NULL,
                        updated_at INTEGER NOT NULL,
                        PRIMARY KEY (feed, reader)
                    ) STRICT;

                    -- An ordinary table, which keeps whatever it is given; what is read is checked. A table of SQLite alone, with its number.
                    CREATE TABLE old_visits (
                        id       INTEGER PRIMARY KEY AUTOINCREMENT,
                        seen     DATETIME,
                        price    VARCHAR(20),
                        is_new   BOOLEAN NOT NULL,
                        seconds  DECIMAL(10, 3),
                        note     NVARCHAR(50),
                        pages    TEXT,
                        count    MEDIUMINT
                    );

                    -- migrate:irreversible

                    """#)
        ],
    ])
}
