import Foundation

/// The user that has no rights of its own.
enum Nobody {
    private static let id: UInt32 = 65534

    /// Gives up the rights of root, whom permissions do not bind; any other user stays.
    static func becomeUnlessOrdinary() throws {
        guard geteuid() == 0 else { return }
        guard setgroups(0, nil) == 0, setgid(id) == 0, setuid(id) == 0 else {
            throw CocoaError(.executableLoad, userInfo: [NSLocalizedDescriptionKey: String(cString: strerror(errno))])
        }
    }
}
