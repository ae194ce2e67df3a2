import Logging

extension PostgresConfiguration {
    /// The same, with the server's notices going to a logger unless the caller wants them.
    func logging(to logger: Logger) -> PostgresConfiguration {
        guard onNotice == nil else { return self }
        var configuration = self
        configuration.onNotice = { logger.log($0) }
        return configuration
    }
}

extension Logger {
    /// Logs a notice of the server: warnings as such, and the rest where it disturbs nobody.
    ///
    /// What it says in detail may quote values of rows, and is left out.
    func log(_ notice: PostgresNotice) {
        var metadata: Metadata = ["severity": "\(notice.severity)", "sqlstate": "\(notice.code)"]
        if let hint = notice.hint { metadata["hint"] = "\(hint)" }
        log(level: notice.level, "\(notice.message)", metadata: metadata)
    }
}

extension PostgresNotice {
    /// The level of its severity, see <https://www.postgresql.org/docs/current/runtime-config-logging.html>.
    var level: Logger.Level {
        switch severity {
        case "WARNING": .warning
        case "INFO": .info
        case "DEBUG": .trace
        default: .debug
        }
    }
}
