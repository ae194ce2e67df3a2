/// Who can use the generated code.
public enum AccessLevel: String, CaseIterable, Hashable, Sendable {
    /// Every module.
    case `public`
    /// The modules of the same package.
    case package
    /// The module itself.
    case `internal`
}
