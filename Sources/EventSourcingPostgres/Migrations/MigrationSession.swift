import SQLSchema

/// What a session is set to before each file of migrations, so that none sees what another one has set.
struct MigrationSession {
    /// `lock_timeout` in milliseconds; nil for none.
    private(set) var lockTimeout: Int?
    /// Whether the server can notice, in the middle of a statement, that the process of the migration is gone.
    private(set) var checksClient = false
    private var schema: String?
    /// Whether migrations are being run.
    private(set) var isSet = false

    init() {}

    init(_ options: PostgresMigrationOptions, checksClient: Bool) {
        // The server knows no shorter time than a millisecond, and 0 stands for no limit.
        let milliseconds = Int((options.tableLockTimeout / .milliseconds(1)).rounded(.up))
        if milliseconds > 0 { lockTimeout = milliseconds }
        self.checksClient = checksClient
        schema = options.defaultSchema
        isSet = true
    }

    /// Whether a statement may set a role: it says so, or runs code that may.
    static func maySetRole(_ sql: String) -> Bool {
        let word = sql.utf8.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
        return !["CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE"].contains(String(word)?.uppercased())
    }

    /// Takes back what was set, by whoever did it.
    static let reset = "RESET ROLE; RESET SESSION AUTHORIZATION; RESET ALL"

    /// Statements that bring a session into this state from any other; they go to the server in one message.
    var statements: String {
        var statements = [Self.reset]
        if let lockTimeout { statements.append("SET lock_timeout = \(lockTimeout)") }
        if checksClient { statements.append("SET client_connection_check_interval = '500ms'") }
        if let schema { statements.append("SET search_path = \(SQLIdentifier.quoted(schema))") }
        return statements.joined(separator: "; ")
    }
}
