/// A mistake that a store might make, and the sentence of the contract that it breaks.
enum Mutation: String, CaseIterable, Sendable {
    // Saving
    case keepsPartOfARefusedSave = "A save that conflicts writes none of its events"
    case splitsLargeSaves = "A save of 70,000 events is one save: all or nothing"
    case countsEveryStream = "The version of a stream is the number of its events, and 0 when it has none"
    case reusesPositions = "Positions ascend over all streams and are never used again"

    // Expected versions
    case forgetsTheExpectation = "Expecting an exact version takes that version and no other"
    case reportsTheExpectedVersionAsTheActualOne =
        "A conflict says which version was expected and which one the stream has"
    case neverChecksAnEmptySave = "Saving no events checks the expectation and writes nothing"
    case checksBeforeItWrites = "Of many who save for the same exact version, exactly one wins"
    case failsExistsInARace = "Expecting an existing stream never fails through a race, and loses no event"
    case failsAnyInARace = "Expecting any version never fails through a race, and loses no event"

    // Loading
    case loadsAfterTheVersion = "A load includes the version that it starts from"
    case ignoresTheLimit = "A load gives no more events than its limit, and none for 0"
    case limitsBeforeItReverses = "A descending load starts at the end of its range"

    // Snapshots
    case letsAnOldSnapshotWin = "The snapshot of the highest version wins, whatever was saved last"
    case takesSnapshotsBeyondTheStream = "A snapshot beyond the end of the stream is refused"
    case ignoresTheSchemaOfSnapshots = "A snapshot of another schema is not seen when one is asked for"
    case cleansSnapshots = "A snapshot with a text or a time that cannot be kept is refused"
    case roundsTheTimeOfSnapshots = "A snapshot comes back exactly: state by its bytes, time to the microsecond"
    case keepsEverySnapshot = "As many snapshots stay as the store is set to keep, those of the highest versions"

    // Traces
    case keepsTracesInOneStream =
        "A trace has the events of one correlation from all streams, in the order of their positions"
    case findsTracesIgnoringCase = "Traces and effects are told apart by every byte of their ids"
    case startsTracesAnew = "A trace goes on after a position and stops at a limit"
    case keepsEffectsInOneStream = "The effects of an event are the events of all streams that it caused, in order"

    // Retries
    case writesRetriesTwice =
        "Saving the same events again answers with their versions and positions, and writes nothing"
    case judgesTheExpectationFirst = "Saving the same events again is recognised after later saves"
    case savesTheRestOfAKnownSave = "Saving known events together with new ones is refused"
    case takesOtherContentForARetry = "A known id with other white space in its data is refused"
    case sharesIDsBetweenStreams = "The same id in another stream is another event"

    // Data, times and texts
    case encodesJSONAgain = "JSON is kept byte for byte"
    case refusesLargeData = "JSON may have 10 megabytes"
    case takesEmptyBytesForNone = "No data, no bytes and the JSON null are three different things"
    case dropsMicroseconds = "A time is kept to the microsecond, from the year 0000 to the year 9999"
    case forgetsWhenItRecorded = "An event without a time happened when it was recorded"
    case clampsTimes = "A time outside the years 0000 to 9999 is refused"
    case truncatesFineTimes = "A time finer than a microsecond is refused"
    case normalisesIDs = "Streams are told apart by every byte of their ids"
    case cleansSubjects = "The attribute subject never holds U+0000"
    case trimsSubjects = "The attribute subject is kept byte for byte"
    case cutsLongSubjects = "The attribute subject holds 1,024 bytes of UTF-8, and no more"
    case endsIDsAtNull = "An id that cannot be kept finds nothing of another one"
    case takesAnySpecVersion = "Only version 1.0 of CloudEvents is kept"
    case leavesOutOddExtensions =
        "The name of an extension has lower-case letters and digits, and belongs to no attribute"
    case mixesUpColumns = "A team's own columns come back with their event"
    case writesExtensionsAsText =
        "The value of an extension keeps its type: text, a whole number of 32 bits, true or false"

    // The whole store
    case skipsAnEventOfTheFeed = "The feed read in pages gives every event once, whatever the page's size"
    case outrunsLateCommits =
        "A reader of the feed gets every event exactly once, and no stream inverted, while others save"
    case invertsTheFeed = "The feed has all events of all streams in the order of their positions"
    case keepsTheHighestCheckpoint = "A reader's checkpoint is the position that was saved last, and 0 before"
    case readsTheLastEventAgain = "A reader with a name is given every event once, and goes on where it was"
    case keepsCheckpointsOfFailures = "A reader that fails is given the same events again"
    case takesAnyReader =
        "A checkpoint refuses a negative position, and a reader without a name or with one that is too long"
    case takesCheckpointsBeyondTheEnd = "A checkpoint beyond the last event is refused, and the one before it stays"
    case findsReadersIgnoringCase = "Readers are told apart by every byte of their names"
    case listsStreamsIgnoringCase =
        "Streams are listed once each, in the order of their ids' bytes, with version and time"
    case stopsAtTheFirstFailure = "Saving each of several appends gives each its own outcome, in the order given"
    case goesOnAfterTheFirstFailure = "Saving each of several appends up to the first failure saves nothing after it"

    // Life cycle
    case startsAnewWhenInitializedAgain = "Calling initialize() again is harmless, even at the same time"
    case goesOnAfterClose = "After close() every call throws that the store is closed"
}
