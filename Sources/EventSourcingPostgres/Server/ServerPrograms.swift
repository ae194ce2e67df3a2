import Foundation

/// Where the programs of a PostgreSQL server are on this machine.
package struct ServerPrograms {
    /// The folder that has `initdb` and `postgres`.
    package let folder: String

    /// Folders beyond the PATH: Debian and Ubuntu, Fedora and the PostgreSQL project, Homebrew.
    private static let usualFolders = [
        "/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt",
    ]

    /// Finds the newest server that is installed, on the PATH first.
    ///
    /// - Throws: `ThrowawayServerError` when there is none.
    package init(searching path: String) throws {
        let onPath = path.split(separator: ":").map(String.init)
        guard let folder = (onPath + Self.versionedFolders).first(where: Self.isServer) else {
            throw ThrowawayServerError(
                "there is no PostgreSQL server on this machine: initdb is neither on the PATH nor below "
                    + "/usr/lib/postgresql; install the package postgresql (Debian, Homebrew) or postgresql-server (Fedora)"
            )
        }
        self.folder = folder
    }

    private static func isServer(_ folder: String) -> Bool {
        ["initdb", "postgres"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
    }

    /// `/usr/lib/postgresql/15/bin`, `/usr/pgsql-16/bin`, …, the highest version first.
    private static var versionedFolders: [String] {
        usualFolders.flatMap { parent in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
            let versions = names.compactMap { name -> (version: Int, folder: String)? in
                guard parent == "/usr/lib/postgresql" || name.hasPrefix("pgsql-") || name.hasPrefix("postgresql@"),
                    let version = Int(name.drop { !$0.isNumber })
                else { return nil }
                return (version, "\(parent)/\(name)/bin")
            }
            return versions.sorted { $0.version > $1.version }.map(\.folder)
        }
    }
}

/// A throwaway server that cannot be started.
package struct ThrowawayServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
