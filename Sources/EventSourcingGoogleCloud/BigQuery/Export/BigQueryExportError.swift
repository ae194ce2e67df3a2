/// Why an export does not go on, and what to do.
public struct BigQueryExportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is the matter.
    public enum Code: String, Hashable, Sendable {
        /// The name, or another setting, cannot be used.
        case badSetting
        /// The table, or its dataset, is not there.
        case noTable
        /// The table has not the columns that the events need.
        case differentSchema
        /// The export goes to another table.
        case otherDestination
        /// The table has rows that the export knows nothing of.
        case notEmpty
        /// An event has a value that BigQuery cannot hold.
        case badEvent
        /// BigQuery refused a batch.
        case refused
        /// BigQuery did not answer for long, so that it is not known whether it has a batch. The next start asks.
        case noAnswer
        /// What is kept of a batch that is under way does not fit the events any more.
        case changedBatch
    }

    /// What is the matter.
    public let code: Code
    /// What is wrong and what to do, in words.
    public let message: String
    /// The position of the event that is named; nil when none is.
    public let position: Int?

    /// Creates the error; the exporter does.
    public init(_ code: Code, _ message: String, position: Int? = nil) {
        self.code = code
        self.message = message
        self.position = position
    }

    /// What is wrong and what to do.
    public var description: String { message }
}
