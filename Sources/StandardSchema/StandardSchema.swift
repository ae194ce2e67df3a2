// The tables of `migrations/`, as Swift.
//
// `EventsTable` and `SnapshotsTable` are the row mappers of the tables `events` and `snapshots`, and `Schema.embedded`
// holds the migrations that make them. All of it is generated from `schema/schema.json` when the package is built; a
// team with tables of its own gets the same from its own snapshot through the plugin `RowMappers`.
