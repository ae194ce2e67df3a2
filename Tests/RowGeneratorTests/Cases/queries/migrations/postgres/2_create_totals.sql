-- migrate:up

CREATE VIEW totals AS
SELECT region, sum(total) AS total FROM orders GROUP BY region;
