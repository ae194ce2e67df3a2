/// How the tests build packages that stand on this one: from nothing each time, and so as one module at once, without what
/// a debugger would need.
package enum QuickBuild {
    /// Arguments of `swift build` and `swift run`.
    package static let arguments = [
        "-Xswiftc", "-gnone", "-Xcc", "-g0", "-Xswiftc", "-whole-module-optimization", "-Xswiftc", "-num-threads",
        "-Xswiftc", "2", "-Xswiftc", "-disable-batch-mode",
    ]
}
