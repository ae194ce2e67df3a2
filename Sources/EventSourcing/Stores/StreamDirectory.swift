/// A store that can list its streams.
public protocol StreamDirectory<Columns>: EventStore {
    /// Lists streams in the order of their ids' UTF-8 bytes.
    ///
    /// - Parameters:
    ///   - aggregateID: only streams after this one; nil means from the first.
    ///   - limit: at most so many.
    func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary]
}
