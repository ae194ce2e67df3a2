package import EventSourcingSQLite

extension EitherStore {
    /// Uses a store once, as a program does that finds the database in a bad state: initialize, load, save.
    ///
    /// What comes after a failed `initialize` is not tried.
    package func attempts(_ policy: MigrationPolicy) async -> [Attempt] {
        var attempts = [await Attempt("initialize") { try await initialize(migrations: policy) }]
        if attempts[0].error == nil {
            attempts.append(await Attempt("load") { try await load("a").map(\.id).joined(separator: " ") })
            attempts.append(
                await Attempt("save") {
                    try await save([Event(type: "T", source: "/")], for: "a").version
                })
        }
        await close()
        return attempts
    }
}
