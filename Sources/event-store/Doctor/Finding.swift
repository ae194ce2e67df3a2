import JSONText

/// What the doctor says of one thing: how it is, and what to do about it.
struct Finding: Equatable, Sendable {
    enum Status: String, Sendable {
        case ok
        /// It works, and somebody should look at it.
        case warning
        /// It does not work, or what is promised does not hold.
        case problem
    }

    /// What is looked at, as scripts know it.
    enum Check: String, Sendable {
        case eventStore = "event-store"
        case sqlite, libpq
        case database, folder, fileSystem = "file-system"
        case journalMode = "journal-mode"
        case durability, integrity, size
        case server, connections, transactions
        case migrations
        case appendOnly = "append-only"
        case schemaSnapshot = "schema-snapshot"
        case drift
    }

    /// Something that a program may want to know without reading the sentence.
    enum Fact: Equatable, Sendable {
        case text(String, String)
        case number(String, Int)
        case list(String, [String])
    }

    var check: Check
    var status: Status
    var message: String
    var advice: String?
    var facts: [Fact] = []

    static func ok(_ check: Check, _ message: String, facts: [Fact] = []) -> Finding {
        Finding(check: check, status: .ok, message: message, facts: facts)
    }

    static func warning(_ check: Check, _ message: String, advice: String, facts: [Fact] = []) -> Finding {
        Finding(check: check, status: .warning, message: message, advice: advice, facts: facts)
    }

    static func problem(_ check: Check, _ message: String, advice: String?, facts: [Fact] = []) -> Finding {
        Finding(check: check, status: .problem, message: message, advice: advice, facts: facts)
    }

    /// What a look gives, or the error that kept it from being one.
    static func of(_ check: Check, _ look: () throws -> Finding) -> Finding {
        do {
            return try look()
        } catch {
            return .problem(check, ErrorText.withoutPasswords("\(error)"), advice: nil)
        }
    }
}

extension Finding {
    /// One line for people, in columns.
    var line: String {
        let columns = [status.rawValue.padded(to: 8), check.rawValue.padded(to: 16), message]
        return (columns.joined(separator: " ") + (advice.map { "; \($0)" } ?? ""))
            .split(whereSeparator: \.isNewline).joined(separator: " ").printable
    }

    /// One JSON object.
    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("check", check.rawValue)
            writer.member("status", status.rawValue)
            writer.member("message", message)
            writer.member("advice", advice)
            for fact in facts {
                switch fact {
                case .text(let name, let value): writer.member(name, value)
                case .number(let name, let value): writer.member(name, value)
                case .list(let name, let values):
                    writer.key(name)
                    writer.array { writer in
                        for value in values { writer.string(value) }
                    }
                }
            }
        }
        return writer.text
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
