import Foundation
import TestSupport

/// The strict stand-ins for Google's services that may lie beside the checkout.
///
/// They are programs of their own, which Google's clients work with. Where they are missing, the tests play Google's
/// services themselves.
package enum GoogleFakes {
    /// The folder of the stand-ins, which has a program `start`; nil where there is none.
    ///
    /// The environment variable `GOOGLE_FAKES` names another one.
    package static let folder: String? = {
        let path =
            ProcessInfo.processInfo.environment["GOOGLE_FAKES"]
            ?? Checkout.folder.deletingLastPathComponent().appending(path: "shared/fakes").path
        return FileManager.default.isExecutableFile(atPath: path + "/start") ? path : nil
    }()
}
