import ArgumentParser

/// Everything about migrations.
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create, plan, lint, apply, undo, list, verify, adopt and repair migrations.",
        discussion: """
            A migration is a file migrations/<dialect>/<version>_<name>.sql with the sections -- migrate:up and \
            -- migrate:down.

            Example:
              event-store migrate up --database sqlite:orders.db
            """,
        subcommands: [
            New.self, Up.self, Down.self, Status.self, Verify.self, Plan.self, Lint.self, Baseline.self, Repair.self,
        ])
}
