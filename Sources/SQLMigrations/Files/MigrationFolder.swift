public import SQLSchema

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder of migration files, such as `migrations/sqlite`.
public enum MigrationFolder {
    /// Reads every `.sql` file of a folder, in the order of their versions; other files and folders are left alone.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - dialect: The database that the files are written for.
    /// - Throws: ``MigrationError`` with every problem of every file.
    public static func load(path: String, dialect: Dialect) throws(MigrationError) -> [Migration] {
        let files = try sqlFiles(in: path).map { path in (path: path, data: FileManager.default.contents(atPath: path))
        }
        .filter { $0.data != nil || !isFolder($0.path) }
        return try Migration.collect(files.map(\.path)) { index throws(MigrationError) in
            guard let data = files[index].data else {
                throw MigrationError(.unreadable, "cannot read the file \(files[index].path)")
            }
            return try Migration(path: files[index].path, bytes: Array(data), dialect: dialect)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }

    private static func sqlFiles(in folder: String) throws(MigrationError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            let exists = FileManager.default.fileExists(atPath: folder)
            throw MigrationError(
                .unreadable, "cannot read the folder \(folder): \(exists ? "\(error)" : "it does not exist")")
        }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return names.sorted().filter { $0.lowercased().hasSuffix(".sql") }.map { prefix + $0 }
    }
}
