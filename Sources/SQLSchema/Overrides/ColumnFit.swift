/// Which Swift types a column of a database can be.
public struct ColumnFit: Sendable {
    /// The type unless somebody chooses another; nil when somebody has to.
    public let type: SwiftType?
    /// The words of the types that it can be, for a message.
    public let words: [String]

    private let scalars: [ColumnType]
    private let own: SwiftType?
    /// The elements, when it can be a list.
    private let element: ListElement?

    private enum ListElement {
        case one([ColumnType])
        case any
    }

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
        let base = PostgresStorage.baseType(of: type, in: catalog)
        let storage = PostgresStorage(type: type, in: catalog)
        let types = storage?.types ?? []
        // Every type has a text.
        scalars = types.contains(.string) ? types : types + [.string]
        own = Self.own(type, storage, base, catalog)
        if base.hasSuffix("[]") {
            let fit = ColumnFit(postgres: String(base.dropLast(2)), catalog)
            self.type = fit.type.map { .list($0, hasNulls: true) }
            element = .one(fit.scalars)
            words = scalars.map(\.rawValue) + fit.scalars.flatMap { ["\($0.rawValue)[]", "\($0.rawValue)?[]"] }
        } else {
            let range = PostgresStorage.bound(ofRange: base).map { SwiftType.range($0) }
            self.type = storage == .enumeration ? own : range ?? types.first.map { .scalar($0) }
            element = nil
            words = scalars.map(\.rawValue) + (own == nil ? [] : ["own"])
        }
    }

    /// The type that could be generated for an enum or a domain.
    private static func own(
        _ type: String, _ storage: PostgresStorage?, _ base: String, _ catalog: Catalog
    ) -> SwiftType? {
        if storage == .enumeration { return RelationName(quotedIfNeeded: base).map { .own($0, of: .string) } }
        guard let name = RelationName(quotedIfNeeded: type), catalog.domains.contains(where: { $0.name == name })
        else { return nil }
        return storage?.types.first.map { .own(name, of: $0) }
    }

    private init(sqlite type: String) {
        let storage = SQLiteStorage(declaredType: type)
        scalars = storage?.types ?? SQLiteStorage.types(ofUnclear: type)
        own = nil
        element = scalars.contains(.string) ? .any : nil
        self.type = storage?.types.first.map { .scalar($0) }
        words = scalars.map(\.rawValue)
    }

    /// The type that somebody chose; nil when the column cannot hold it.
    public func type(_ choice: TypeChoice) -> SwiftType? {
        switch choice {
        case .scalar(let type): scalars.contains(type) ? .scalar(type) : nil
        case .list(let type, let hasNulls): canHaveElements(type) ? .list(.scalar(type), hasNulls: hasNulls) : nil
        case .own: own
        case .codable(let name, let module): scalars.contains(.json) ? .codable(name, module: module) : nil
        case .custom(let name, let module): .custom(name, module: module)
        }
    }

    private func canHaveElements(_ type: ColumnType) -> Bool {
        switch element {
        case .one(let types): types.contains(type)
        case .any: true
        case nil: false
        }
    }
}
