import SQLiteTestSupport

/// What the process is to do.
enum WorkerCommand {
    case write(path: String, folder: String, name: String)
    case read(path: String, folder: String, kind: EitherStore.Kind)

    /// Reads the arguments; nil when they make no command.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        func next() -> String? { rest.popFirst() }
        func kind() -> EitherStore.Kind? { next().flatMap(EitherStore.Kind.init) }
        switch next() {
        case "write":
            guard let path = next(), let folder = next(), let name = next() else { return nil }
            self = .write(path: path, folder: folder, name: name)
        case "read":
            guard let path = next(), let folder = next(), let kind = kind() else { return nil }
            self = .read(path: path, folder: folder, kind: kind)
        default: return nil
        }
        guard rest.isEmpty else { return nil }
    }

    func run() async throws {
        switch self {
        case .write(let path, let folder, let name):
            try await SoakWriter(path: path, folder: folder, name: name).run()
        case .read(let path, let folder, let kind):
            var reader = try SoakReader(path: path, folder: folder, kind: kind)
            try await reader.run()
        }
    }
}
