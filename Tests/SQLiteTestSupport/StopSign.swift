import Foundation

/// A file that tells processes to finish what they are at and end; the end of the process that started them does so, too.
package struct StopSign: Sendable {
    private let path: String
    private let parent = getppid()

    package static func writers(of folder: String) -> StopSign { StopSign("\(folder)/stop-writing") }
    package static func readers(of folder: String) -> StopSign { StopSign("\(folder)/stop-reading") }

    private init(_ path: String) {
        self.path = path
    }

    package var isUp: Bool { access(path, F_OK) == 0 || getppid() != parent }

    package func putUp() throws {
        try Data().write(to: URL(fileURLWithPath: path))
    }
}
