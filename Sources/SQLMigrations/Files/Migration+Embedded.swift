public import SQLSchema

extension Migration {
    /// The migration as a schema snapshot and a generated module carry it.
    public var embedded: EmbeddedMigration {
        EmbeddedMigration(name: name, checksum: checksum.description, text: text)
    }

    /// Reads a migration that a schema snapshot or a generated module carries.
    ///
    /// - Throws: ``MigrationError`` when its text is not well formed, or not the text of its checksum.
    public init(embedded: EmbeddedMigration, dialect: Dialect) throws(MigrationError) {
        try self.init(path: embedded.name, bytes: Array(embedded.text.utf8), dialect: dialect)
        guard checksum.description == embedded.checksum else {
            throw MigrationError(
                .invalidFile,
                "the embedded text has the checksum \(checksum), not \(embedded.checksum)"
                    + "; generate the module again",
                location: FileLocation(file: embedded.name, line: 1, column: 1))
        }
    }

    /// Reads all migrations that a schema snapshot or a generated module carries, in the order of their versions.
    ///
    /// - Throws: ``MigrationError`` with every problem of every migration.
    public static func all(
        embedded: [EmbeddedMigration], dialect: Dialect
    ) throws(MigrationError) -> [Migration] {
        try collect(embedded.map(\.name)) { index throws(MigrationError) in
            try Migration(embedded: embedded[index], dialect: dialect)
        }
    }

    /// Reads several migrations and throws their problems together, versions that occur twice among them.
    static func collect(
        _ paths: [String], read: (Int) throws(MigrationError) -> Migration
    ) throws(MigrationError) -> [Migration] {
        var migrations: [Migration] = []
        var problems: [MigrationError] = []
        for index in paths.indices {
            do {
                migrations.append(try read(index))
            } catch {
                problems.append(error)
            }
        }
        migrations.sort { $0.version < $1.version }
        if problems.isEmpty, zip(migrations, migrations.dropFirst()).allSatisfy({ $0.version < $1.version }) {
            return migrations
        }
        problems += duplicateVersions(in: paths)
        if let error = MigrationError(problems) { throw error }
        return migrations
    }

    private static func duplicateVersions(in paths: [String]) -> [MigrationError] {
        var first: [Int64: String] = [:]
        return paths.compactMap { path in
            let name = MigrationFileName.lastPart(of: path)
            guard let version = try? MigrationFileName(name).version else { return nil }
            guard let other = first.updateValue(path, forKey: version) else { return nil }
            first[version] = other
            return MigrationError(
                .duplicateVersion, "version \(version) is also that of \(other); give one of them another version",
                location: FileLocation(file: path, line: 1, column: 1))
        }
    }
}
