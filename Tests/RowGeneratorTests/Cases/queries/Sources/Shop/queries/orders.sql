-- name: OpenOrders :many
-- The orders of a region with their customers, newest first.
SELECT o.id, o.total, o.region, o.placed_at, c.name AS customer, c.id AS customer_id, o.priority
FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
WHERE o.region = :region AND o.placed_at > :placed_after
ORDER BY o.placed_at DESC;

-- name: CustomersWithOrders :many
-- The condition is never true of a customer that is missing, so that nothing is.
SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE c.id > :after ORDER BY o.id;

-- name: OrderCount :one
SELECT count(*) AS "count!: int64" FROM orders WHERE region = :region;

-- name: CustomerName :optional
SELECT name FROM customers WHERE id = :id;

-- name: CustomersByName :optional
SELECT id, name FROM customers WHERE name = :name;

-- name: AllOrders :stream
SELECT id, region FROM orders ORDER BY id;

-- name: ChangeTotal :exec
UPDATE orders SET total = :total WHERE id = :id AND total <> :total;

-- name: AddCustomer :one
INSERT INTO customers (name, email) VALUES (:name, :email?) RETURNING id, name;

-- name: RegionCounts :many
-- A key of a group is what the table says.
SELECT region, count(*) AS "orders!: int64" FROM orders GROUP BY region ORDER BY region;

-- name: EveryID :many
-- Of a union no part decides alone.
SELECT id FROM customers UNION ALL SELECT NULL;
