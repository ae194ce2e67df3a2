import ArgumentParser
import Foundation
import SQLSchema

/// Makes a package to begin with.
struct Initialize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a package: migrations, schema snapshot, plugin, a program, a workflow.",
        discussion: """
            The standard migrations are copied into the package, whose own they are from then on: add to them with \
            migrate new, and run schema dump afterwards. No file is replaced; when one is there already, nothing is \
            written.

            Example:
              event-store init Shop
              event-store init --dialect postgres --package ../swift-event-store
            """)

    @Argument(help: "The folder of the package.")
    var folder = "."

    @Option(help: "The name of the package and of its program. Default: the folder's.")
    var name: String?

    @Option(help: "A dialect to write migrations in; can be repeated, and the first is the program's. Default: sqlite.")
    var dialect: [DialectArgument] = []

    @Option(help: ArgumentHelp("Where this package is: a URL, or the path of a checkout.", valueName: "URL or path"))
    var package = ProjectTemplate.repository

    @OptionGroup var server: PostgresServerOptions

    func run() throws {
        let url = URL(fileURLWithPath: folder)
        let template = try ProjectTemplate(
            name: name ?? url.lastPathComponent, dialects: dialect.isEmpty ? [.sqlite] : dialect.map(\.value),
            package: package)
        let project = ProjectFolder(path: folder)
        let files = template.files()
        let made = files.map(\.path) + template.snapshotFiles
        let present = made.filter { project.has($0) }
        guard present.isEmpty else {
            throw UsageError(
                "\(present.map { project.file($0) }.joined(separator: ", ")): there already; nothing was written. Choose "
                    + "another folder, or move \(present.count == 1 ? "it" : "them") away")
        }
        try project.fill { draft in
            for file in files { try draft.write(file.text, to: file.path) }
            try writeSnapshot(of: draft)
        }
        for path in made { print("wrote     \(project.file(path))") }
        let place = folder == "." ? "" : "cd \(folder) && "
        print("run it: \(place)swift run \(template.name)")
    }

    /// What `schema dump` does in the new package.
    private func writeSnapshot(of project: ProjectFolder) throws {
        let snapshot = try SnapshotBuilder(
            options: try .parse(["--migrations", project.file("migrations")]), server: server,
            queries: QueryFolder(sources: project.file("Sources"))
        ).build()
        for (path, text) in try SnapshotFiles(folder: "schema").contents(of: snapshot) {
            try project.write(text, to: path)
        }
    }
}
