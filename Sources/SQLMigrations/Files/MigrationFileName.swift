/// The two parts of `<version>_<name>.sql`.
struct MigrationFileName: Hashable, Sendable {
    let version: Int64
    let slug: Substring

    /// Takes a file name apart; the error says what is wrong with it.
    init(_ name: Substring) throws(Invalid) {
        // Bytes rather than characters, because of folders with thousands of files.
        let stem = name.utf8.dropLast(4)
        let digits = stem.prefix { $0.isDigit }
        let rest = stem[digits.endIndex...]
        guard name.utf8.suffix(4).elementsEqual(".sql".utf8), !digits.isEmpty, rest.first == UInt8(ascii: "_"),
            rest.count > 1
        else {
            throw Invalid(reason: "a migration is called <version>_<name>.sql, with digits only as its version")
        }
        guard let version = Int64(Substring(digits)) else {
            throw Invalid(reason: "the version is larger than \(Int64.max)")
        }
        guard version > 0 else { throw Invalid(reason: "the version must be greater than 0") }
        self.version = version
        slug = Substring(rest.dropFirst())
    }

    /// What stands behind the last slash of a path.
    static func lastPart(of path: String) -> Substring {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        return path[(slash.map(path.utf8.index(after:)) ?? path.startIndex)...]
    }

    struct Invalid: Error {
        let reason: String
    }
}
