// The tables of `migrations/` of this package, as Swift: `OrderEventsTable` and `OrderSnapshotsTable`, generated from
// `schema/schema.json` as a team's own are.
