import CLibpq
import SQLSchema

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is handed to PQconnectdbParams, and what may be said about it.
struct ConnectionParameters {
    /// Keywords and values; later ones take precedence, and the URL stands for what is in it.
    let pairs: [(keyword: String, value: String)]
    /// User, host, port and database as a URL without a password.
    let address: String
    /// The host, or the folder of a Unix socket; nil when the environment decides, and a list when there are several.
    let host: String?
    /// The port; nil when the environment decides.
    let port: String?
    /// The database; nil when the environment decides.
    let database: String?

    /// How long libpq tries when neither the URL nor the environment says.
    private static let defaultTimeout = "10"
    /// After what time without any sign of life a connection over TCP is given up, when the URL does not say: a minute.
    private static let defaultKeepalives = [
        ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "60000"),
    ]

    /// - Throws: `DatabaseError` with the code `cannotOpen`, without any part of the URL, when it cannot be read.
    init(_ configuration: PostgresConfiguration) throws {
        let options = try Self.parse(configuration.url)
        let given = options.merging(configuration.parameters) { _, new in new }
        var pairs = [("fallback_application_name", "swift-event-store")]
        // What is given here takes precedence over the file of a service, which may say otherwise.
        if given["service"] == nil, getenv("PGSERVICE") == nil {
            if getenv("PGCONNECT_TIMEOUT") == nil { pairs.append(("connect_timeout", Self.defaultTimeout)) }
            pairs += Self.defaultKeepalives
        }
        pairs.append(("dbname", configuration.url))
        pairs += configuration.parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        // Every text that we send or read is in UTF-8.
        pairs.append(("client_encoding", "UTF8"))
        self.pairs = pairs
        host = given["host"] ?? given["hostaddr"]
        port = given["port"]
        database = given["dbname"]
        address =
            configuration.displayedAddress
            ?? Self.address(user: given["user"], host: host, port: port, database: database)
    }

    /// Calls a closure with the pairs as libpq wants them: two lists of C strings that end with a null pointer.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let copies = pairs.map { (strdup($0.keyword), strdup($0.value)) }
        defer {
            for (keyword, value) in copies {
                free(keyword)
                free(value)
            }
        }
        let keywords = copies.map { UnsafePointer($0.0) } + [nil]
        let values = copies.map { UnsafePointer($0.1) } + [nil]
        return body(keywords, values)
    }

    /// `postgresql://app@db.example.com:5432/shop`, or the folder of a Unix socket as the host.
    static func address(user: String?, host: String?, port: String?, database: String?) -> String {
        var text = "postgresql://"
        if let user, !user.isEmpty { text += "\(user)@" }
        text += host ?? ""
        if let port, !port.isEmpty { text += ":\(port)" }
        if let database, !database.isEmpty { text += "/\(database)" }
        return text
    }

    /// The keywords of a URL or a list of pairs (PQconninfoParse); anything else is the name of a database.
    private static func parse(_ url: String) throws -> [String: String] {
        let isURL = url.hasPrefix("postgresql://") || url.hasPrefix("postgres://")
        guard isURL || url.utf8.contains(UInt8(ascii: "=")) else { return url.isEmpty ? [:] : ["dbname": url] }
        if isURL, let reason = strayAtSign(in: url) { throw unreadable(reason) }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            defer { PQfreemem(message) }
            throw unreadable(message.map { withoutQuotes(String(cString: $0)) } ?? "there is no memory left")
        }
        defer { PQconninfoFree(options) }
        var keywords: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { keywords[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return keywords
    }

    /// Why a URL would be taken apart in another way than it was meant: libpq would then call a part of the password a
    /// host or a port, and name it in its errors.
    private static func strayAtSign(in url: String) -> String? {
        let rest = url.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3).prefix { $0 != UInt8(ascii: "?") }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        let count = rest.count { $0 == UInt8(ascii: "@") }
        guard count > 1 || (count == 1 && !authority.contains(UInt8(ascii: "@"))) else { return nil }
        return "a user name or password with @, / or : in it needs them as %40, %2F and %3A"
    }

    /// libpq's message without what it quotes, which may be the password.
    static func withoutQuotes(_ message: String) -> String {
        let text = message.prefix { $0 != "\n" }
        guard let start = text.firstIndex(of: "\""), let end = text.lastIndex(of: "\""), start < end else {
            return String(text)
        }
        return "\(text[..<start])\"…\(text[end...])"
    }

    private static func unreadable(_ reason: String) -> DatabaseError {
        DatabaseError(
            code: .cannotOpen, engineCode: "08001", message: "the address of the database cannot be read: \(reason)")
    }
}
