import Foundation
import TestSupport

/// Somebody who begins in an empty folder and does what the README says, block by block.
struct Newcomer {
    /// What a block did that it should not have done.
    struct Surprise: Error, CustomStringConvertible {
        let description: String
    }

    private let home: URL
    private var folder: URL
    private var lastOutput = ""
    private var snippets: [String] = []
    private var migrationCount = 0
    private var examplesOfCompiledModules: [URL] = []

    init() throws {
        home = FileManager.default.temporaryDirectory.appending(path: "newcomer-\(UUID().uuidString)")
        folder = home
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    }

    func leave() {
        try? FileManager.default.removeItem(at: home)
    }

    /// Does what a block says.
    ///
    /// - Throws: ``Surprise`` when it does not work, or prints something else than the README shows.
    mutating func follow(_ block: CodeBlock) async throws {
        switch block.role {
        case .file(let path): try write(block.text, to: path)
        case .commands where block.text.hasPrefix("make "): try await checkTargets(block)
        case .commands: try await run(block.text)
        case .output:
            guard lastOutput == block.text else {
                throw Surprise(description: "the commands print:\n\(lastOutput)")
            }
        case .diagram: break
        case .snippet:
            snippets.append(block.text)
            try write(snippetFile, to: "Sources/Shop/Snippets.swift")
        case .target: try addTarget(block.text)
        case nil: throw Surprise(description: "no test knows what to do with ```\(block.info)")
        }
    }

    /// Tries an example of a catalog page, in the package that the README led to.
    ///
    /// - Throws: ``Surprise`` when no test knows the block, and when SQL is refused; Swift waits for ``finish()``.
    mutating func tryOut(_ block: CodeBlock, named name: String) async throws {
        switch block.info {
        case "swift":
            let lines = block.text.split(separator: "\n", omittingEmptySubsequences: false)
            let imports = lines.filter { $0.contains("import ") }.joined(separator: "\n")
            let rest = lines.filter { !$0.contains("import ") }.joined(separator: "\n")
            if imports.contains("import EventSourcingGoogleCloud") {
                let path = "examples/compiled/\(name).swift"
                try write("\(imports)\n\nfunc try\(name)() async throws {\n\(rest)}\n", to: path)
                examplesOfCompiledModules.append(folder.appending(path: path))
            } else if imports.contains("import Testing") {
                try write("\(imports)\n\nstruct \(name) {\n\(rest)}\n", to: "Tests/ShopTests/\(name).swift")
            } else if imports.contains("import EventSourcingPostgres") {
                try write(
                    "\(imports)\n\nfunc try\(name)() async throws {\n\(rest)}\n", to: "Sources/ShopServer/\(name).swift"
                )
            } else {
                let all = imports.isEmpty ? "import EventSourcingSQLite" : "import EventSourcingSQLite\n\(imports)"
                try write(
                    "\(all)\n\nfunc try\(name)(store: SQLiteEventStore) throws {\n\(rest)}\n",
                    to: "Sources/Shop/\(name).swift")
            }
        case "sql":
            migrationCount += 1
            try write(block.text, to: "examples/sqlite/\(migrationCount)_example.sql")
            try await run("event-store schema dump --migrations examples --schema examples --sources none")
        case "sql query":
            try write(block.text, to: "examples/sources/Shop/queries/\(name).sql")
            try await run("event-store schema dump --schema examples --sources examples/sources")
        // The tests of the store carry it out.
        case "sql postgres": break
        case "json": _ = try JSONSerialization.jsonObject(with: Data(block.text.utf8))
        case "text": break
        default: throw Surprise(description: "no test knows what to do with ```\(block.info)")
        }
    }

    /// Builds what is not built yet.
    mutating func finish() async throws {
        try await run("swift build --build-tests")
        let check = try await CompiledModules.check(examplesOfCompiledModules)
        guard check.status == 0 else { throw Surprise(description: check.text) }
    }

    // MARK: Files

    private func write(_ text: String, to path: String) throws {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    /// Each snippet in a function of its own, with the names that the program of the quick start has.
    private var snippetFile: String {
        let parameters = "store: SQLiteStore<OrderEventsColumns>, placed: OrderEvent, paid: OrderEvent"
        let functions = snippets.enumerated().map { index, text in
            "func snippet\(index)(\(parameters)) throws {\n\(text)}\n"
        }
        return (["import EventSourcingSQLite\n", "typealias OrderEvent = Event<OrderEventsColumns>\n"] + functions)
            .joined(separator: "\n")
    }

    private func addTarget(_ target: String) throws {
        let url = folder.appending(path: "Package.swift")
        let manifest = try String(contentsOf: url, encoding: .utf8)
        guard let place = manifest.range(of: "targets: [\n") else {
            throw Surprise(description: "the manifest has no targets")
        }
        try manifest.replacingCharacters(in: place, with: "targets: [\n\(target.dropLast()),\n")
            .write(to: url, atomically: true, encoding: .utf8)
    }

    // MARK: Commands

    /// The chores of the repository run these very tests, so that here only their names are checked.
    private func checkTargets(_ block: CodeBlock) async throws {
        let help = try await FinishedCommand(script: "make --no-print-directory help", in: Checkout.folder).output
        for line in block.text.split(separator: "\n") {
            let command = line.split(separator: " ").prefix(2).joined(separator: " ")
            guard help.split(separator: "\n").contains(where: { $0.hasPrefix("\(command) ") }) else {
                throw Surprise(description: "there is no `\(command)`")
            }
        }
    }

    private mutating func run(_ commands: String) async throws {
        // This checkout takes the place of the repository that a newcomer clones.
        let local = commands.replacing(/git clone \S+/, with: "ln -s '\(Checkout.folder.path)' swift-event-store")
        let script = """
            swift() { command swift "$1" \(QuickBuild.flags.joined(separator: " ")) "${@:2}"; }
            PATH="$PWD/.build/debug:$PATH"
            \(local)
            pwd >'\(home.path)/where'
            """
        let result = try await FinishedCommand(script: script, in: folder)
        guard result.status == 0 else {
            throw Surprise(description: "the commands end with \(result.status):\n\(result.output)\(result.errors)")
        }
        lastOutput = result.output
        let path = try String(contentsOf: home.appending(path: "where"), encoding: .utf8)
        folder = URL(fileURLWithPath: String(path.dropLast()))
    }
}
