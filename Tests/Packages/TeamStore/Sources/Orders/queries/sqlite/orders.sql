-- name: OrdersIn :many
-- What has happened to the orders of a region.
SELECT aggregate_id, version, occurred_at, due_at, address FROM order_events WHERE region = :region ORDER BY position;
