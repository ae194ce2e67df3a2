import Foundation

do {
    try GeneratorCommand(arguments: Array(CommandLine.arguments.dropFirst())).run()
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(error is UsageError ? 2 : 1)
}
