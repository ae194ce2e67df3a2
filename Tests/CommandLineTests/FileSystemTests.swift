import Testing

@testable import event_store

@Suite("The file system of a database, as far as it is known")
struct FileSystemTests {
    private static let table = """
        22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
        30 22 0:40 / /mnt/shared rw,relatime - nfs4 server:/export rw,vers=4.2
        31 22 0:41 / /mnt/with\\040blank rw,relatime shared:2 master:7 - cifs //server/share rw
        32 22 0:42 / /mnt/ssh rw,nosuid - fuse.sshfs user@server: rw
        33 22 0:43 / /mnt/disk rw,nosuid - fuseblk /dev/sdb1 rw
        34 22 0:44 / /mnt/shared/local rw - xfs /dev/sdc1 rw
        35 34 0:45 / /mnt/shared/local rw - tmpfs tmpfs rw
        36 22 broken
        """

    @Test(
        "A path lies in the mount with the longest folder around it, and the last one there counts",
        arguments: [
            ("/home/me", "ext4"), ("/mnt/shared", "nfs4"), ("/mnt/shared/deep/er", "nfs4"), ("/mnt/sharedness", "ext4"),
            ("/mnt/with blank/x", "cifs"), ("/mnt/ssh/x", "fuse.sshfs"), ("/mnt/shared/local/x", "tmpfs"),
        ])
    func mount(path: String, type: String) {
        #expect(FileSystem.type(of: path, inMountTable: Self.table) == type)
    }

    @Test("Without a table nothing is known")
    func noTable() {
        #expect(FileSystem.type(of: "/home", inMountTable: "") == nil)
        #expect(FileSystem(type: nil).finding(for: "/home").status == .ok)
    }

    @Test(
        "Network file systems and shares of a virtual machine's host are a problem, and what is not known is said so",
        arguments: [
            ("ext4", false), ("xfs", false), ("tmpfs", false), ("overlay", false), ("apfs", false), ("nfs4", true),
            ("cifs", true), ("9p", true), ("virtiofs", true), ("fuse.sshfs", true), ("smbfs", true),
            ("fuse.unheard-of", nil), ("fuseblk", nil), ("fuse", nil),
        ] as [(String, Bool?)])
    func isShared(type: String, isShared: Bool?) {
        let fileSystem = FileSystem(type: type)
        #expect(fileSystem.isShared == isShared)
        let finding = fileSystem.finding(for: "/data")
        #expect(finding.status == (isShared == true ? .problem : .ok))
        #expect(finding.message.contains("cannot be known") == (isShared == nil))
    }
}
