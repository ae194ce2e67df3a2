/// What `initialize()` does about the database's schema.
public enum MigrationPolicy: Hashable, Sendable {
    /// Applies the pending migrations that the store's tables were generated from. Safe from many processes at once.
    case apply
    /// Changes nothing, needs no right to, and refuses a database that the generated code does not fit.
    ///
    /// A database that is ahead is accepted as long as the columns fit, so that an old process survives a rollout.
    case verify
}
