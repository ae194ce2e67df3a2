-- migrate:up

CREATE TABLE customers (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    email TEXT
) STRICT;

CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customers,
    total       TEXT    NOT NULL,
    region      TEXT    NOT NULL,
    placed_at   INTEGER NOT NULL,
    priority    INTEGER NOT NULL DEFAULT 3
) STRICT;
