import Foundation
import SQLiteTestSupport
import TestSupport

/// A process of the worker that alone sees something mounted, which is gone when the process is.
///
/// It needs Linux and root, or the right of ordinary users to have namespaces of their own.
enum PrivateMount {
    /// Makes a namespace: as an ordinary user one in which the user is root.
    private static let unshare = geteuid() == 0 ? ["unshare", "-m"] : ["unshare", "-rm"]

    /// Whether this system lets us mount at all.
    static func isPossible() async -> Bool {
        let command = try? await FinishedCommand(
            unshare[0], unshare.dropFirst() + ["mount", "-t", "tmpfs", "none", "/mnt"])
        return command?.status == 0
    }

    /// Starts the worker where a script has mounted something; the script finds the folder in `$1`, and runs `"$@"`.
    static func start(_ script: String, on mountedFolder: String, worker arguments: [String], folder: String) throws
        -> RunningProcess
    {
        try RunningProcess(
            URL(fileURLWithPath: "/usr/bin/env"),
            unshare + ["sh", "-euc", "place=$1; shift; \(script)", "sh", mountedFolder]
                + [RunningProcess.workerExecutable.path] + arguments, folder: folder)
    }
}
