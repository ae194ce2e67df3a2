/// How the tests build packages: a module at once and without symbols for a debugger, which takes half as long.
package enum QuickBuild {
    /// What `swift build` and `swift run` are given.
    package static let flags = [
        "-Xswiftc", "-gnone", "-Xcc", "-g0", "-Xswiftc", "-whole-module-optimization", "-Xswiftc", "-num-threads",
        "-Xswiftc", "2", "-Xswiftc", "-disable-batch-mode",
    ]
}
