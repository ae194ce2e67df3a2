-- name: NotesLike :many
-- parameter pattern: string
-- parameter id: notes.id
SELECT id, text, length(text) AS "length!: int64" FROM notes WHERE text LIKE :pattern OR id = :id ORDER BY id;

-- name: LongestNote :one
-- Without a note there is a row all the same, and no id in it.
SELECT id, max(length(text)) AS "length: int64" FROM notes;

-- name: OrdersPerDay :many
-- Where the dialects have no words in common, each has a query of the name.
SELECT date(placed_at / 1000000, 'unixepoch') AS "day!", count(*) AS "orders!" FROM orders GROUP BY 1 ORDER BY 1;
