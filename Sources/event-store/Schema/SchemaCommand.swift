import ArgumentParser

/// Everything about the schema snapshot.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Write the schema snapshot, check it against the migrations, or hold a database against it.",
        discussion: """
            The snapshot, schema/schema.json, is what the build generates Swift from. It is committed.

            Example:
              event-store schema dump
            """,
        subcommands: [Dump.self, Check.self, Drift.self])
}
