package import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The user whom a server runs as: PostgreSQL refuses to run as root.
package struct ServerUser {
    package let userID: uid_t
    package let groupID: gid_t
    /// What goes before a command so that it runs as that user; nothing when it is the current one.
    package let prefix: [String]

    /// The current user, or for root the first of some that usually exist.
    ///
    /// - Throws: `ThrowawayServerError` for root on a machine without any of them.
    package init(searching path: String) throws {
        guard geteuid() == 0 else {
            (userID, groupID, prefix) = (geteuid(), getegid(), [])
            return
        }
        let names = ["postgres", "nobody"]
        guard let (name, entry) = names.lazy.compactMap({ name in getpwnam(name).map { (name, $0.pointee) } }).first
        else {
            throw ThrowawayServerError(
                "PostgreSQL does not run as root, and there is no user \(names.joined(separator: " or "))")
        }
        userID = entry.pw_uid
        groupID = entry.pw_gid
        let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
        func find(_ program: String) -> String? {
            folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        if let program = find("setpriv") {
            prefix = [program, "--reuid=\(userID)", "--regid=\(groupID)", "--clear-groups", "--"]
        } else if let program = find("runuser") {
            prefix = [program, "-u", name, "--"]
        } else if let program = find("su-exec") ?? find("gosu") {
            prefix = [program, name]
        } else {
            throw ThrowawayServerError(
                "PostgreSQL does not run as root, and none of setpriv, runuser, gosu and su-exec is there to start it as "
                    + "\(name)")
        }
    }
}
