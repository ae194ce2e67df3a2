/// The Swift type of a column.
public indirect enum SwiftType: Hashable, Sendable {
    /// A type that the override file has a word for.
    case scalar(ColumnType)
    /// The type that is generated for an enum or a domain, around a value of another type.
    case own(RelationName, of: ColumnType)
    /// A list, whose elements can be nil unless somebody said otherwise.
    case list(SwiftType, hasNulls: Bool)
    /// A range with ends of a type.
    case range(ColumnType)
    /// A type of the team's own that is decoded from JSON: its name, and the module to import for it.
    case codable(String, module: String?)
    /// A type of the team's own that conforms to `RowValue`: its name, and the module to import for it.
    case custom(String, module: String?)

    /// The module that has the type, when it is neither generated nor ours; nil also for one in the same module.
    public var module: String? {
        switch self {
        case .codable(_, let module), .custom(_, let module): module
        case .scalar, .own, .list, .range: nil
        }
    }

    /// What people call it, as the override file does.
    public var words: String {
        switch self {
        case .scalar(let type): type.rawValue
        case .own(let name, _): "own, the type of \(name)"
        case .list(let element, let hasNulls): "\(element.words)\(hasNulls ? "?" : "")[]"
        case .range(let bound): "a range of \(bound.rawValue)"
        case .codable(let name, _), .custom(let name, _): name
        }
    }
}
