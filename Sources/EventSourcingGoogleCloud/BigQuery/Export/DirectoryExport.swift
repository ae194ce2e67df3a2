import Foundation

/// Writes events as files of JSON lines, with the table's schema and a script that loads them with `bq`.
package struct DirectoryExport: Sendable {
    let source: any ExportSource
    let mapping: BigQueryMapping
    let path: String
    let limits: BatchLimits
    /// Nil stops at the first event that BigQuery cannot hold.
    let deadLetterPath: String?

    /// - Parameter path: the folder, which must be empty or not there.
    package init(
        _ database: ExportDatabase, _ mapping: BigQueryMapping, to path: String, limits: BatchLimits,
        deadLetterPath: String?
    ) throws {
        self.init(
            source: try database.source(), mapping: mapping, path: path, limits: limits,
            deadLetterPath: deadLetterPath)
    }

    init(
        source: any ExportSource, mapping: BigQueryMapping, path: String, limits: BatchLimits, deadLetterPath: String?
    ) {
        self.source = source
        self.mapping = mapping
        self.path = path
        self.limits = limits
        self.deadLetterPath = deadLetterPath
    }

    /// Writes everything that is there, from a position on.
    ///
    /// - Parameter report: is told after each file how many events were written, and up to which position.
    /// - Returns: how many events there are in the files.
    /// - Throws: ``BigQueryExportError``, `DatabaseError`, errors of the file system.
    package func run(
        after start: Int, report: @Sendable (_ events: Int, _ position: Int) -> Void = { _, _ in }
    ) async throws -> Int {
        let recipe = try BatchRecipe(mapping, in: source.dialect)
        try prepareFolder()
        var position = start
        var events = 0
        var names: [String] = []
        while true {
            try Task.checkCancellation()
            let batch = try await source.readNext(after: position, recipe, limits: limits)
            guard let last = batch.lastPosition else { break }
            try check(batch)
            if batch.eventCount > 0 {
                let name = "\(mapping.name)_\(position)_\(last)_\(batch.checksum.prefix(8)).ndjson"
                try write(batch, to: name)
                names.append(name)
            }
            position = last
            events += batch.eventCount
            report(events, position)
        }
        // Last, so that a folder with a script is complete.
        try write(text: mapping.fieldsJSON + "\n", to: "schema.json")
        try write(text: mapping.ddl(name: "PROJECT.DATASET.\(mapping.name)"), to: "create.sql")
        try write(text: Self.script(files: names), to: "load.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/load.sh")
        return events
    }

    private func prepareFolder() throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard try manager.contentsOfDirectory(atPath: path).isEmpty else {
            throw BigQueryExportError(.badSetting, "\(path): the folder is not empty; give another one")
        }
    }

    private func check(_ batch: EncodedBatch) throws {
        guard let rejection = batch.rejections.first else { return }
        guard let deadLetterPath else {
            throw BigQueryExportError(
                .badEvent,
                "event \(rejection.event.eventID) of \(rejection.event.aggregateID) (position "
                    + "\(rejection.event.position)), column \(rejection.problem.column): \(rejection.problem.reason). "
                    + "To go on without such events, and have a list of them, give a file with --dead-letter",
                position: rejection.event.position)
        }
        try DeadLetterFile(path: deadLetterPath).append(batch.rejections)
    }

    private func write(_ batch: EncodedBatch, to name: String) throws {
        let file = "\(path)/\(name)"
        guard FileManager.default.createFile(atPath: file, contents: nil) else {
            throw BigQueryExportError(.badSetting, "\(file): the file cannot be created")
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        for part in batch.parts { try handle.write(contentsOf: Data(part)) }
        try handle.close()
    }

    private func write(text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
    }

    /// Each file is a job with an id of its own, so that the script can be run again after it was interrupted.
    static func script(files: [String]) -> String {
        let loads = files.map { name in
            "load \(shellQuoted(name)) \(shellQuoted("es_files_\(jobName(name))"))\n"
        }
        return """
            #!/bin/sh
            # Loads the files of this folder into a table: ./load.sh PROJECT:DATASET.TABLE [LOCATION]
            # The table must be there; create.sql creates it. The script can be run again: BigQuery takes each job once.
            set -eu
            cd "$(dirname "$0")"
            table=${1:?usage: ./load.sh PROJECT:DATASET.TABLE [LOCATION]}
            project=${table%%:*}
            location=${2:-}
            suffix=$(printf %s "$table" | tr -c 'A-Za-z0-9_-' _)

            load() {
                job=$2_$suffix
                if state=$(bq ${location:+--location="$location"} --project_id="$project" --format=json show -j "$job" \\
                    2>/dev/null) && printf %s "$state" | grep -q '"state": *"DONE"' \\
                    && ! printf %s "$state" | grep -q '"errorResult"'
                then
                    echo "loaded before: $1"
                    return
                fi
                bq ${location:+--location="$location"} --project_id="$project" --job_id="$job" load \\
                    --source_format=NEWLINE_DELIMITED_JSON --noreplace "$table" "$1" schema.json
            }


            """ + loads.joined()
    }

    /// What may stand in the id of a job.
    private static func jobName(_ file: String) -> String {
        String(
            file.dropLast(".ndjson".count).map { character in
                character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
                    ? character : "_"
            })
    }

    private static func shellQuoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
