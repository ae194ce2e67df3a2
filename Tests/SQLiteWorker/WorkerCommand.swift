import EventSourcingSQLite
import SQLiteTestSupport

/// What the process is to do.
enum WorkerCommand {
    case write(path: String, folder: String, name: String)
    case read(path: String, folder: String, kind: EitherStore.Kind)
    case attempt(path: String, kind: EitherStore.Kind, policy: MigrationPolicy, asNobody: Bool)
    case fullBatch(path: String, kind: EitherStore.Kind)
    case failSync(path: String, kind: EitherStore.Kind)
    case uncounted(path: String, kind: EitherStore.Kind)
    case fillDisk(path: String, kind: EitherStore.Kind, journal: String, room: RoomMaker)

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
        case "attempt":
            guard let path = next(), let kind = kind(), let policy = next().flatMap(Self.policy) else { return nil }
            self = .attempt(path: path, kind: kind, policy: policy, asNobody: next() == "nobody")
        case "fill":
            guard let path = next(), let kind = kind(), let journal = next(), let room = next(),
                let size = next().flatMap({ Int($0) }), ["disk", "file"].contains(room)
            else { return nil }
            self = .fillDisk(
                path: path, kind: kind, journal: journal,
                room: room == "disk" ? .ballast("\(path).ballast", size: size) : .limit(size))
        case "batch":
            guard let path = next(), let kind = kind() else { return nil }
            self = .fullBatch(path: path, kind: kind)
        case "fail-sync":
            guard let path = next(), let kind = kind() else { return nil }
            self = .failSync(path: path, kind: kind)
        case "uncounted":
            guard let path = next(), let kind = kind() else { return nil }
            self = .uncounted(path: path, kind: kind)
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
        case .attempt(let path, let kind, let policy, let asNobody):
            if asNobody { try Nobody.becomeUnlessOrdinary() }
            for attempt in await EitherStore(kind, path: path).attempts(policy) { print(attempt) }
        case .fullBatch(let path, let kind):
            try await FullBatch(path: path, kind: kind).run()
        case .failSync(let path, let kind):
            try await FailingSync(path: path, kind: kind).run()
        case .uncounted(let path, let kind):
            try await UncountedMemory(path: path, kind: kind).run()
        case .fillDisk(let path, let kind, let journal, let room):
            try await DiskFiller(store: EitherStore(kind, path: path), journal: SaveJournal(path: journal), room: room)
                .run()
        }
    }

    private static func policy(_ name: String) -> MigrationPolicy? {
        ["apply": .apply, "verify": .verify][name]
    }
}
