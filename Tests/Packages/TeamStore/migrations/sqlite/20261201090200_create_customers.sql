-- migrate:up

CREATE TABLE customers (
    id         TEXT    PRIMARY KEY NOT NULL,
    name       TEXT    NOT NULL,
    email      TEXT    UNIQUE,
    is_active  INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

-- migrate:down

DROP TABLE customers;
