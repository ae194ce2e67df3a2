import EventSourcingSQLite

/// A store as the commands use it: one call after the other, on the standard tables.
protocol ToolStore: SnapshotStore<StandardColumns>, TraceStore<StandardColumns>, CheckpointStore<StandardColumns>,
    StreamDirectory<StandardColumns>
{}

extension SQLiteEventStore: ToolStore {}
