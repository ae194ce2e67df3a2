import ArgumentParser

/// Everything about the schema snapshot.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Write the schema snapshot, or check that it is the one that the migrations give.",
        discussion: """
            The snapshot, schema/schema.json, is what the build generates Swift from. It is committed.

            Example:
              event-store schema dump
            """,
        subcommands: [Dump.self, Check.self])
}
