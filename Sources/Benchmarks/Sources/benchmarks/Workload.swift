import ArgumentParser

/// What a system has to do; the names stand in the second column of the output.
///
/// What follows an underscore is a variant of the workload before it.
enum Workload: String, CaseIterable, ExpressibleByArgument {
    /// Saves of one event to streams of their own, one after the other.
    case singleSaves = "W1"
    /// The same from 16 threads or tasks at once.
    case savesBy16 = "W2"
    /// The same from 64 threads or tasks at once.
    case savesBy64 = "W2x64"
    /// Events, 100 per save.
    case largeSaves = "W3"
    /// Events of one stream of 10,000.
    case longStream = "W4"
    /// Loads of streams of 10 events.
    case shortStreams = "W5"
    /// Events, 200,000 in one transaction, 100 per stream.
    case bulk = "W6c"
    /// Events of a log of CloudEvents lines, read, checked and saved.
    case logImport = "W6c_import"
    /// Events in memory, 100 per save; the events were built before.
    case memorySaves = "W6"
    /// The same with the building of the events.
    case memorySavesBuilding = "W6_building"
    /// Events in memory, one per save, each to a stream of its own; the events were built before.
    case memorySingleSaves = "W6_single"
    /// Events in memory of one stream of 10,000.
    case memoryLongStream = "W6_load"
    /// Loads in memory of streams of 10 events.
    case memoryShortStreams = "W6_load10"
}
