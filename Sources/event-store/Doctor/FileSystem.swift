import Foundation

/// The file system that a folder is on, as far as the system tells.
struct FileSystem: Equatable {
    /// Its type as the system calls it, such as `ext4` or `nfs4`; nil when it does not say.
    let type: String?
    /// Whether other machines may have the same files open; nil when that cannot be known.
    let isShared: Bool?

    /// Types whose files are elsewhere, or are those of the host of a virtual machine: the shared memory that a WAL
    /// needs does not reach that far.
    private static let sharedTypes: Set<String> = [
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "webdav", "ncpfs", "coda", "9p",
        "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "ceph", "glusterfs", "lustre", "gfs2", "ocfs2", "gpfs", "beegfs",
        "orangefs", "pvfs2",
    ]

    /// Programs of FUSE that are known to fetch files from elsewhere.
    private static let sharedPrograms: Set<String> = [
        "sshfs", "s3fs", "goofys", "gcsfuse", "rclone", "glusterfs", "ceph", "ceph-fuse", "davfs", "curlftpfs",
        "juicefs",
        "blobfuse", "blobfuse2", "moosefs", "mfs", "vmhgfs-fuse", "grpcfuse",
    ]

    init(type: String?) {
        self.type = type
        isShared = type.flatMap { type in
            if Self.sharedTypes.contains(type) { return true }
            guard type.hasPrefix("fuse") else { return false }
            return Self.sharedPrograms.contains(String(type.drop { $0 != "." }.dropFirst())) ? true : nil
        }
    }

    /// The file system of a folder that exists.
    static func of(_ folder: String) -> FileSystem {
        let path = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        #if os(Linux)
            let table = (try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? ""
            return FileSystem(type: type(of: path, inMountTable: table))
        #else
            var info = statfs()
            guard statfs(path, &info) == 0 else { return FileSystem(type: nil) }
            return FileSystem(
                type: withUnsafeBytes(of: info.f_fstypename) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        #endif
    }

    /// Finds the mount that a path lies in, in the text of `/proc/self/mountinfo` (proc(5)).
    static func type(of path: String, inMountTable table: String) -> String? {
        let mounts = table.split(separator: "\n").compactMap { line -> (folder: String, type: String)? in
            let fields = line.split(separator: " ")
            // The fields before the dash are not always as many.
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.endIndex else {
                return nil
            }
            return (unescaped(fields[4]), String(fields[dash + 1]))
        }
        let around = mounts.filter { mount in
            mount.folder == "/" || path == mount.folder || path.hasPrefix(mount.folder + "/")
        }
        let longest = around.map(\.folder.utf8.count).max()
        // One that was mounted later, over the same folder, hides the others.
        return around.last { $0.folder.utf8.count == longest }?.type
    }

    /// Blanks and the like are written as a backslash and three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What that means for a database in WAL mode.
    func finding(for folder: String) -> Finding {
        let facts = type.map { [Finding.Fact.text("type", $0)] } ?? []
        let name = type ?? "a file system that the system does not name"
        return switch isShared {
        case true?:
            .problem(
                .fileSystem, "\(folder) is on \(name), which other machines may use at the same time",
                advice: "keep the database on a local disk: two machines would damage it", facts: facts)
        case false?: .ok(.fileSystem, "\(name), which is local", facts: facts)
        case nil: .ok(.fileSystem, "\(name); whether it is on a network cannot be known", facts: facts)
        }
    }
}
