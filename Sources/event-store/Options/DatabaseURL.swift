import SQLSchema

#if Postgres
    import EventSourcingPostgres
#endif
#if GoogleCloud
    import EventSourcingGoogleCloud
    import Foundation
#endif

/// Which database a command works on, from a URL.
enum DatabaseURL: Equatable {
    /// A SQLite file, or `:memory:`.
    case sqlite(path: String)
    /// A PostgreSQL database, by a URL as libpq reads them; there may be a password in it.
    case postgres(url: String)
    /// A PostgreSQL database in Google Cloud SQL; there may be a password in its URL.
    case cloudSQL(url: String)

    /// The forms that a URL can have.
    static let forms = "sqlite:PATH, sqlite::memory:, postgresql://… or cloudsql://…"

    var dialect: Dialect {
        switch self {
        case .sqlite: .sqlite
        case .postgres, .cloudSQL: .postgres
        }
    }

    /// Reads `sqlite:PATH`, also with the slashes that other tools write (`sqlite:///absolute/path`), `postgresql://…`, or
    /// `cloudsql://project:region:instance/database?user=…`.
    init(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // What is not a URL is not repeated: it may be a list of settings with a password among them.
        guard parts.count == 2, parts[0].utf8.allSatisfy(Self.isPartOfScheme) else {
            throw UsageError("the database is not given as a URL; use \(Self.forms)")
        }
        switch parts[0] {
        case "sqlite", "sqlite3":
            let path = parts[1].hasPrefix("//") ? String(parts[1].dropFirst(2)) : parts[1]
            guard !path.isEmpty else { throw UsageError("the database's URL has no path; use sqlite:PATH") }
            self = .sqlite(path: path)
        case "postgresql", "postgres":
            try Self.checkPostgres(text)
            self = .postgres(url: text)
        case "cloudsql":
            try Self.checkCloudSQL(text)
            self = .cloudSQL(url: text)
        case let scheme:
            // The rest of the URL may hold a password, so it is not repeated.
            throw UsageError("databases of the kind \"\(scheme)\" are not supported; use \(Self.forms)")
        }
    }

    /// Finds the mistakes that can be found without connecting.
    private static func checkPostgres(_ url: String) throws {
        #if Postgres
            do {
                try PostgresConfiguration(url: url).check()
            } catch let error as DatabaseError {
                throw UsageError(error.message)
            }
        #else
            throw UsageError.noPostgres
        #endif
    }

    private static func checkCloudSQL(_ url: String) throws {
        #if GoogleCloud
            do {
                _ = try CloudSQLConfiguration(url: url, environment: ProcessInfo.processInfo.environment)
            } catch let error as CloudSQLError {
                throw UsageError("the database's URL: \(error.message)")
            }
        #else
            throw UsageError.noGoogleCloud
        #endif
    }

    /// RFC 3986, section 3.1.
    private static func isPartOfScheme(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
