/// The two parts of `<version>_<name>.sql`.
struct MigrationFileName: Hashable, Sendable {
    let version: Int64
    let slug: String

    /// Takes a file name apart; the error says what is wrong with it.
    init(_ name: String) throws(Invalid) {
        // Bytes rather than characters, because of folders with thousands of files.
        let parts = name.utf8.dropLast(4).split(
            separator: UInt8(ascii: "_"), maxSplits: 1, omittingEmptySubsequences: false
        )
        .map { Substring($0) }
        guard name.hasSuffix(".sql"), parts.count == 2, !parts[1].isEmpty, let digits = parts.first, !digits.isEmpty,
            digits.utf8.allSatisfy(\.isDigit)
        else { throw Invalid(reason: "a migration is called <version>_<name>.sql, with digits only as its version") }
        guard let version = Int64(digits) else {
            throw Invalid(reason: "the version is larger than \(Int64.max)")
        }
        guard version > 0 else { throw Invalid(reason: "the version must be greater than 0") }
        self.version = version
        slug = String(parts[1])
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
