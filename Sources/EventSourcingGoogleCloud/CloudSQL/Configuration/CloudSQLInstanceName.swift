/// An instance of Cloud SQL by its connection name, `project:region:instance`.
///
/// A project of a domain has a colon of its own: `example.com:project:region:instance`.
public struct CloudSQLInstanceName: Sendable, Hashable {
    /// The project, with its domain when it has one.
    public let project: String
    /// The region, such as `europe-west1`.
    public let region: String
    /// The name within the project.
    public let instance: String

    /// Reads a connection name.
    ///
    /// - Throws: ``CloudSQLError`` with the code ``CloudSQLError/Code/invalidSetting``.
    public init(_ text: String) throws {
        try self.init(text, setting: "the connection name")
    }

    init(_ text: String, setting: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard 3...4 ~= parts.count, parts.allSatisfy(Self.isName) else {
            throw CloudSQLError(
                .invalidSetting, "\(setting) must have the form project:region:instance, of letters, digits, - and .",
                setting: setting)
        }
        project = parts.dropLast(2).joined(separator: ":")
        region = parts[parts.count - 2]
        instance = parts[parts.count - 1]
    }

    /// What becomes a part of a path and of a URL must not be able to lead elsewhere.
    private static func isName(_ part: String) -> Bool {
        !part.isEmpty && part != "." && part != ".."
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// What the certificate of the instance's server calls it.
    var certificateName: String { "\(project):\(instance)" }
}

extension CloudSQLInstanceName: CustomStringConvertible {
    /// The connection name.
    public var description: String { "\(project):\(region):\(instance)" }
}
