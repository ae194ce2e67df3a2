import EventSourcingSQLite
import Foundation
import SQLSchema
import StandardSchema

/// The files of a package to begin with: a pure value.
struct ProjectTemplate {
    struct File {
        let path: String
        let text: String
    }

    /// Where the package is that all this is for.
    static let repository = "https://github.com/swift-event-store/swift-event-store"

    let name: String
    /// In the order in which they were asked for, each once.
    let dialects: [Dialect]
    let package: String

    /// Checks the name, which becomes that of a Swift module.
    init(name: String, dialects: [Dialect], package: String) throws {
        guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil else {
            throw UsageError(
                "'\(name)' cannot be the name of a Swift module: give one of letters, digits and '_' with --name")
        }
        let taken = ["EventSourcingSQLite", "EventSourcingPostgres", "Foundation", "Swift"]
        guard !taken.contains(name) else {
            throw UsageError("'\(name)' is the name of a module that the program needs: give another with --name")
        }
        self.name = name
        self.package = package
        self.dialects = dialects.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// All but what is made of them.
    func files() -> [File] {
        [
            File(path: "Package.swift", text: manifest), File(path: "Sources/\(name)/main.swift", text: program),
            File(path: ".gitignore", text: ".build/\n*.db\n*.db-shm\n*.db-wal\n"),
            File(path: ".github/workflows/ci.yml", text: workflow),
        ]
            + dialects.flatMap { dialect in
                (Schema.embedded.migrations[dialect] ?? []).map {
                    File(path: "migrations/\(dialect.rawValue)/\($0.name)", text: $0.text)
                }
            }
    }

    /// What `schema dump` makes of them.
    var snapshotFiles: [String] {
        ["schema/schema.json"] + dialects.map { "schema/\($0.rawValue).sql" }.sorted()
    }

    // MARK: Texts

    private var usesPostgres: Bool { dialects.contains(.postgres) }
    private var programDialect: Dialect { dialects.first ?? .sqlite }
    private var module: String { programDialect == .sqlite ? "EventSourcingSQLite" : "EventSourcingPostgres" }

    private var manifest: String {
        // What is not used is not compiled.
        let traits = usesPostgres ? #"["Postgres"]"# : "[]"
        let isURL = package.contains("://") || package.hasPrefix("git@")
        let place =
            isURL
            ? #"url: \#(package.quoted), branch: "main""# : #"name: "swift-event-store", path: \#(package.quoted)"#
        return """
            // swift-tools-version: 6.1
            import PackageDescription

            let package = Package(
                name: "\(name)",
                platforms: [.macOS(.v15)],
                dependencies: [
                    .package(\(place), traits: \(traits))
                ],
                targets: [
                    .executableTarget(
                        name: "\(name)",
                        dependencies: [.product(name: "\(module)", package: "swift-event-store")],
                        plugins: [.plugin(name: "RowMappers", package: "swift-event-store")])
                ]
            )

            """
    }

    private var program: String {
        let isSQLite = programDialect == .sqlite
        let imports = isSQLite ? "import EventSourcingSQLite\n" : "import EventSourcingPostgres\nimport Foundation\n"
        let wait = isSQLite ? "" : "await "
        let place =
            isSQLite
            ? #"path: "\#(name).db""#
            : "PostgresConfiguration(url: url)"
        let url =
            isSQLite
            ? ""
            : #"""
            let url = ProcessInfo.processInfo.environment["DATABASE_URL"] ?? "postgresql:///\#(name.lowercased())"

            """#
        let store = isSQLite ? "SQLiteStore" : "PostgresStore"
        return imports + """

            struct Greeting: Codable {
                var text: String
            }

            \(url)// Applies what is pending of the migrations that the generated code was made from.
            let store = \(store)(\(place), events: EventsTable.self, snapshots: SnapshotsTable.self)
            try \(wait)store.initialize()

            let greeted = try Event(type: "Greeted", source: "/\(name)", encoding: Greeting(text: "Hello"))
            let saved = try \(wait)store.save([greeted], for: "greeting-1")
            print("greeting-1 is at v\\(saved.version)")

            for event in try \(wait)store.load("greeting-1") {
                print("v\\(event.version) \\(event.type): \\(try event.decode(Greeting.self).text)")
            }
            \(wait)store.close()

            """
    }

    private var workflow: String {
        let packages = "libsqlite3-dev pkg-config" + (usesPostgres ? " libpq-dev postgresql" : "")
        return """
            name: CI
            on: [push, pull_request]
            jobs:
              build:
                runs-on: ubuntu-latest
                container: swift:6.1
                steps:
                  - uses: actions/checkout@v4
                  - run: apt-get update && apt-get install -y --no-install-recommends \(packages)
                  # What a migration would do to those who use the database meanwhile.
                  - run: swift run event-store migrate lint --annotate github
                  # The build reads the snapshot, so that it has to be what the migrations give.
                  - run: swift run event-store schema check
                  - run: swift build

            """
    }
}

extension String {
    /// The text as a literal of Swift.
    fileprivate var quoted: String {
        "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
