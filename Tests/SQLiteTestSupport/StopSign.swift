import Foundation

/// A file that tells processes to finish what they are at and end.
package struct StopSign: Sendable {
    private let path: String

    package static func writers(of folder: String) -> StopSign { StopSign(path: "\(folder)/stop-writing") }
    package static func readers(of folder: String) -> StopSign { StopSign(path: "\(folder)/stop-reading") }

    package var isUp: Bool { access(path, F_OK) == 0 }

    package func putUp() throws {
        try Data().write(to: URL(fileURLWithPath: path))
    }
}
