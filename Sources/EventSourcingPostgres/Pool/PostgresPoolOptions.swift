/// How many connections a pool has, and how long somebody waits for one.
public struct PostgresPoolOptions: Hashable, Sendable {
    /// How many connections stay open when they are not used. They are opened when they are first needed.
    public var minimum: Int
    /// How many connections there are at most; 1 or more, and not fewer than the minimum.
    public var maximum: Int
    /// How long somebody waits for a connection.
    public var timeout: Duration
    /// How long a connection beyond the minimum stays open unused.
    public var idleTimeout: Duration

    /// Creates options.
    public init(
        minimum: Int = 10, maximum: Int = 50, timeout: Duration = .seconds(30), idleTimeout: Duration = .seconds(600)
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.timeout = timeout
        self.idleTimeout = idleTimeout
    }

    /// Why the options cannot be used; nil when they can.
    var mistake: String? {
        if maximum < 1 { return "the maximum is \(maximum), and must be 1 or more" }
        if minimum < 0 { return "the minimum is \(minimum), and must not be negative" }
        if minimum > maximum { return "the minimum is \(minimum), above the maximum of \(maximum)" }
        if timeout <= .zero { return "the timeout is \(timeout), and must be above 0" }
        if idleTimeout <= .zero { return "the idle timeout is \(idleTimeout), and must be above 0" }
        return nil
    }
}
