#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A new migration file, as `migrate new NAME` writes it.
public struct MigrationTemplate: Hashable, Sendable {
    /// Its version: year, month, day, hour, minute and second in UTC.
    public let version: Int64
    /// Its file name.
    public let fileName: String
    /// Its text, with both markers.
    public let text = "-- migrate:up\n\n\n-- migrate:down\n\n"

    /// Decides version and file name.
    ///
    /// - Parameters:
    ///   - name: What the migration does; everything but ASCII letters and digits becomes an underscore.
    ///   - date: The time that the version is made of. When the highest version is not below it, such as for two
    ///     migrations in one second, the version is the next number instead.
    ///   - highest: The highest version there is; 0 when there is none.
    /// - Throws: ``MigrationError`` when nothing of the name is left, or no version is.
    public init(name: String, date: Date, after highest: Int64) throws(MigrationError) {
        let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        guard !words.isEmpty else {
            throw MigrationError(.invalidName, "the name \"\(name)\" needs at least one letter from a to z, or a digit")
        }
        guard highest < .max else {
            throw MigrationError(.invalidName, "no version is higher than \(highest)")
        }
        let digits = date.formatted(.iso8601).filter(\.isNumber)
        version = max(Int64(digits) ?? 0, highest + 1)
        fileName = "\(version)_\(words.joined(separator: "_")).sql"
    }

    /// Writes the file into a folder, which is created when it is not there.
    ///
    /// - Returns: The path of the file.
    /// - Throws: ``MigrationError`` when a file of that name is there, or the folder cannot be written.
    public func write(into folder: String) throws(MigrationError) -> String {
        let path = folder.hasSuffix("/") ? folder + fileName : "\(folder)/\(fileName)"
        guard !FileManager.default.fileExists(atPath: path) else {
            throw MigrationError(.unreadable, "the file \(path) is there already")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw MigrationError(.unreadable, "cannot write the file \(path); check that its folder may be written")
        }
        return path
    }
}
