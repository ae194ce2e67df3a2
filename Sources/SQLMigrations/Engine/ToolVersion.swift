/// The version of this package, which the history of migrations keeps.
package enum ToolVersion {
    package static let current = "0.1.0"
}
