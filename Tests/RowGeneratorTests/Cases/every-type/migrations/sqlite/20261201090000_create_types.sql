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
