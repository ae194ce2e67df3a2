import ArgumentParser
import Foundation
import SQLMigrations
import SQLSchema

/// Which databases a command about migrations works on, and how.
struct TargetOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var migrations: MigrationOptions

    @Option(
        name: .customLong("databases"),
        help: ArgumentHelp("A JSON file that lists several databases, in the place of --database.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The PostgreSQL schema of the tables and of the history.", valueName: "name"))
    var schema: String?

    @Option(
        help: ArgumentHelp(
            "Every PostgreSQL schema whose name is like this, as LIKE understands it: 'tenant_%'.",
            valueName: "pattern"))
    var eachSchema: String?

    @Option(help: "How many databases or schemas to work on at the same time.")
    var jobs = 4

    @Option(help: ArgumentHelp("Wait this long for a database that is still starting.", valueName: "seconds"))
    var wait: Double = 0

    @Option(
        help: ArgumentHelp(
            "How long a statement may wait for the lock of a table, and others behind it, before it gives way and is "
                + "tried again; 0 waits without an end.", valueName: "seconds"))
    var lockTimeout = 0.1

    @Option(help: ArgumentHelp("How long to go on trying to get such a lock.", valueName: "seconds"))
    var lockPatience: Double = 60

    @OptionGroup var output: OutputOptions

    @Option(help: "Also say what is wrong as annotations of a pull request.")
    var annotate: AnnotationStyle?

    func validate() throws {
        if schema != nil, eachSchema != nil { throw ValidationError("--schema and --each-schema exclude each other.") }
        if file != nil, database.text != nil {
            throw ValidationError("--databases and --database exclude each other.")
        }
        if file != nil, schema != nil || eachSchema != nil {
            throw ValidationError("with --databases, the file says which schema a database has.")
        }
        if !(1...64).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 64.") }
        for (option, value) in [("--wait", wait), ("--lock-timeout", lockTimeout), ("--lock-patience", lockPatience)]
        where !(0...86_400).contains(value) {
            throw ValidationError("\(option) is a number of seconds, from 0 to 86400.")
        }
    }

    /// How connections are made and locks are waited for.
    var connecting: TargetConnecting {
        TargetConnecting(
            wait: .seconds(wait), lockTimeout: .seconds(lockTimeout), lockPatience: .seconds(lockPatience))
    }

    /// Runs a command and annotates the error that ends it.
    func annotating(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            if annotate == .github { GitHubAnnotation.all(for: error).forEach { StandardError.write($0.text) } }
            throw error
        }
    }

    /// The databases and schemas, each with its migrations.
    ///
    /// - Parameter checksLate: whether the files of the only database are checked when they are needed, which they are not
    ///   when all of them are applied. Otherwise an error of theirs is thrown here, before anything is connected to.
    func targets(checksLate: Bool = false) throws -> [MigrationTarget] {
        let entries =
            try file.map { try DatabasesFile(path: $0).entries }
            ?? [DatabasesFile.Entry(name: nil, url: try database.url(), schema: schema, eachSchema: eachSchema)]
        // Of several databases none is to be changed when the files of another are not as they should be.
        let checksLate = checksLate && entries.count == 1 && entries.allSatisfy { $0.eachSchema == nil }
        var targets: [MigrationTarget] = []
        for entry in entries {
            guard entry.url.dialect == .postgres || (entry.schema == nil && entry.eachSchema == nil) else {
                throw UsageError("SQLite has no schemas: --schema and --each-schema are for PostgreSQL")
            }
            var folder = migrations
            if let given = entry.migrations { folder.migrations = given }
            let files = try folder.files(entry.url.dialect)
            if !checksLate { _ = try files.migrations() }
            targets.append(
                MigrationTarget(
                    name: entry.name, url: entry.url, schema: entry.schema, eachSchema: entry.eachSchema,
                    files: files, isCheckedLate: checksLate))
        }
        return targets
    }
}

/// A kind of annotations.
enum AnnotationStyle: String, ExpressibleByArgument, CaseIterable {
    case github
}
