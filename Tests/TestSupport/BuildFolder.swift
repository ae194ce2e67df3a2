package import Foundation

/// Where the package's build has put what it made: programs, and the modules that were compiled.
package enum BuildFolder {
    /// The folder that the test bundle is in.
    package static let url: URL = {
        #if os(macOS)
            let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? .main
            return bundle.bundleURL.deletingLastPathComponent()
        #else
            return Bundle.main.bundleURL
        #endif
    }()
}
