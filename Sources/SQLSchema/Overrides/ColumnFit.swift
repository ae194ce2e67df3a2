/// Which Swift types a column of a database can be.
public struct ColumnFit: Sendable {
    /// The type unless somebody chooses another; nil when somebody has to.
    public let type: SwiftType?
    /// The words of the types that it can be, for a message.
    public let words: [String]

    private let scalars: [ColumnType]
    private let own: SwiftType?

    /// Looks at a column.
    ///
    /// - Parameter catalog: what has the enums and domains.
    public init(_ column: Column, in dialect: Dialect, _ catalog: Catalog) {
        switch dialect {
        case .postgres: self.init(postgres: column.type, catalog)
        case .sqlite: self.init(sqlite: column.type)
        }
    }

    private init(postgres type: String, _ catalog: Catalog) {
        let storage = PostgresStorage(type: type, in: catalog)
        scalars = storage?.types ?? []
        let base = RelationName(quotedIfNeeded: PostgresStorage.baseType(of: type, in: catalog))
        if storage == .enumeration, let base {
            own = .own(base, of: .string)
        } else if let name = RelationName(quotedIfNeeded: type), catalog.domains.contains(where: { $0.name == name }) {
            own = scalars.first.map { .own(name, of: $0) }
        } else {
            own = nil
        }
        self.type = storage == .enumeration ? own : scalars.first.map { .scalar($0) }
        words = scalars.map(\.rawValue) + (own == nil ? [] : ["own"])
    }

    private init(sqlite type: String) {
        let storage = SQLiteStorage(declaredType: type)
        scalars = storage?.types ?? SQLiteStorage.types(ofUnclear: type)
        own = nil
        self.type = storage?.types.first.map { .scalar($0) }
        words = scalars.map(\.rawValue)
    }

    /// The type that somebody chose; nil when the column cannot hold it.
    public func type(_ choice: TypeChoice) -> SwiftType? {
        switch choice {
        case .scalar(let type): scalars.contains(type) ? .scalar(type) : nil
        case .own: own
        case .codable(let name, let module): scalars.contains(.json) ? .codable(name, module: module) : nil
        case .custom(let name, let module): .custom(name, module: module)
        }
    }
}
