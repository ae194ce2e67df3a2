/// What is known about one migration: from its file, from the history, or from both.
public struct MigrationStatus: Hashable, Sendable {
    /// Where file and history stand to each other.
    public enum State: String, Hashable, Sendable {
        /// The file is not applied.
        case pending
        /// The file is not applied, and its version is lower than an applied one.
        case outOfOrder
        /// The file is applied as it is.
        case applied
        /// The file was changed since it was applied.
        case edited
        /// The file of an applied version is gone.
        case missing
        /// An applied version that is higher than that of every file, so that a newer build may have brought it.
        case newer
        /// A `transaction:false` migration is being applied, or its process stopped.
        case running
        /// A `transaction:false` migration stopped at a statement that failed.
        case failed
        /// A `transaction:false` migration is being undone, or its process stopped.
        case undoing
    }

    /// The version.
    public let version: Int64
    /// The name of the file, or the one in the history when the file is gone.
    public let name: String
    /// Where file and history stand to each other.
    public let state: State
    /// The file; nil when it is gone.
    public let migration: Migration?
    /// The row of the history; nil when there is none.
    public let record: MigrationRecord?

    /// Holds files and history against each other, version by version.
    public static func rows(migrations: [Migration], records: [MigrationRecord]) -> [MigrationStatus] {
        // Indices, because a copy of a migration is a dozen references.
        let files = Dictionary(zip(migrations.map(\.version), migrations.indices), uniquingKeysWith: min)
        let history = Dictionary(zip(records.map(\.version), records.indices), uniquingKeysWith: min)
        let highestFile = files.keys.max() ?? 0
        let highestApplied = history.keys.max() ?? 0
        return Set(files.keys).union(history.keys).sorted().map { version in
            MigrationStatus(
                version: version, file: files[version].map { migrations[$0] },
                record: history[version].map { records[$0] }, highestFile: highestFile, highestApplied: highestApplied)
        }
    }

    private init(
        version: Int64, file: Migration?, record: MigrationRecord?, highestFile: Int64, highestApplied: Int64
    ) {
        self.version = version
        name = file?.name ?? record?.name ?? ""
        migration = file
        self.record = record
        state =
            switch (file, record) {
            case (_, nil): version < highestApplied ? .outOfOrder : .pending
            case (nil, _): version > highestFile ? .newer : .missing
            case (let file?, let record?):
                if file.checksum != record.checksum {
                    .edited
                } else {
                    switch record.state {
                    case .applied: .applied
                    case .running: .running
                    case .failed: .failed
                    case .undoing: .undoing
                    }
                }
            }
    }
}
