public import SQLSchema

/// A folder of migration files, such as `migrations/sqlite`.
public enum MigrationFolder {
    /// Reads every `.sql` file of a folder, in the order of their versions; other files and folders are left alone.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - dialect: The database that the files are written for.
    /// - Throws: ``MigrationError`` with every problem of every file.
    public static func load(path: String, dialect: Dialect) throws(MigrationError) -> [Migration] {
        try files(path: path, dialect: dialect).migrations()
    }

    /// Lists every `.sql` file of a folder; they are read when they are first needed.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - dialect: The database that the files are written for.
    /// - Throws: ``MigrationError`` when the folder cannot be read; what is wrong with a file is told later.
    public static func files(path: String, dialect: Dialect) throws(MigrationError) -> MigrationFiles {
        MigrationFiles(try sqlFiles(in: path), dialect: dialect)
    }

    private static func sqlFiles(in folder: String) throws(MigrationError) -> [String] {
        do {
            let prefix = folder.hasSuffix("/") ? folder : folder + "/"
            return try FileReader.names(in: folder).filter(\.isSQLFile).map { prefix + $0 }
        } catch {
            throw MigrationError(.unreadable, "cannot read the folder \(folder): \(error.reason)")
        }
    }
}

extension String {
    /// Whether the name of a file ends with `.sql`, in letters of either case.
    fileprivate var isSQLFile: Bool {
        utf8.suffix(4).elementsEqual(".sql".utf8) { byte, lower in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 == lower : byte == lower
        }
    }
}
