-- name: Report :many
SELECT region, sum(total) AS total, max(c.email) AS email, coalesce(max(o.id), -1) AS last, array_agg(o.id) AS ids
FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
WHERE placed_at > now() - :age::interval AND o.id = ANY (:ids)
GROUP BY region;

-- name: Totals :many
SELECT * FROM totals ORDER BY region;

-- name: RegionsAndAll :many
SELECT region, count(*) AS "orders!" FROM orders GROUP BY ROLLUP (region) ORDER BY region NULLS LAST;

-- name: SliceOf :one
SELECT (ARRAY[1, 2, 3])[1:2] AS "slice!", ':not a parameter' AS "text!", '7'::bigint AS "seven!";

-- name: OrdersPerDay :many
-- Where the dialects have no words in common, each has a query of the name.
SELECT placed_at::date AS "day!", count(*) AS "orders!" FROM orders GROUP BY 1 ORDER BY 1;
