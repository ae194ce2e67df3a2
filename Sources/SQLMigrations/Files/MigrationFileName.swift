/// The two parts of `<version>_<name>.sql`.
struct MigrationFileName: Hashable, Sendable {
    let version: Int64
    let slug: String

    /// Takes a file name apart; the error says what is wrong with it.
    init(_ name: String) throws(Invalid) {
        // Bytes rather than characters, because of folders with thousands of files.
        let stem = name.utf8.dropLast(4)
        let digits = stem.prefix { $0.isDigit }
        let rest = stem[digits.endIndex...]
        guard name.hasSuffix(".sql"), !digits.isEmpty, rest.first == UInt8(ascii: "_"), rest.count > 1 else {
            throw Invalid(reason: "a migration is called <version>_<name>.sql, with digits only as its version")
        }
        guard let version = Int64(Substring(digits)) else {
            throw Invalid(reason: "the version is larger than \(Int64.max)")
        }
        guard version > 0 else { throw Invalid(reason: "the version must be greater than 0") }
        self.version = version
        slug = String(Substring(rest.dropFirst()))
    }

    /// What stands behind the last slash of a path.
    static func lastPart(of path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        return slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    struct Invalid: Error {
        let reason: String
    }
}
