/// What a pool is doing at one moment.
public struct PostgresPoolStatus: Hashable, Sendable {
    /// How many connections are open and free.
    public let idle: Int
    /// How many are lent out.
    public let lent: Int
    /// How many are being opened.
    public let opening: Int
    /// How many are being closed.
    public let closing: Int
    /// How many tasks wait for one.
    public let waiting: Int
}
