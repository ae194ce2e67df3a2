// The tables of `migrations/` of this package, as Swift, generated from `schema/schema.json` as a team's own are:
// `OrderEventsTable` and `OrderSnapshotsTable`, and `ReceiptEventsTable` and `ReceiptSnapshotsTable`, which have the columns
// of the standard tables and none of their own.
