import ArgumentParser

/// Where the named queries are.
struct QueryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the targets, each of which can have a folder 'queries'.", valueName: "folder"))
    var sources = "Sources"

    /// The files.
    var folder: QueryFolder { QueryFolder(sources: sources) }

    /// The files of a package whose targets are where SwiftPM looks for them.
    static let standard = QueryFolder(sources: "Sources")
}
