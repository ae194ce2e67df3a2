/// The two parts of `<version>_<name>.sql`.
struct MigrationFileName: Hashable, Sendable {
    let version: Int64
    let slug: String

    /// Takes a file name apart; the error says what is wrong with it.
    init(_ name: String) throws(Invalid) {
        let parts = name.dropLast(4).split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
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

    struct Invalid: Error {
        let reason: String
    }
}
