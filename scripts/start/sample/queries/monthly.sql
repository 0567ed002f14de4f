SELECT strftime('%Y-%m', placed_at) AS month, count(*) AS orders, sum(cents) / 100.0 AS amount
FROM orders
WHERE paid
GROUP BY month
ORDER BY month;
