import SQLSchema

/// Reads the text of a migration: dbmate's format, in which comments mark the sections.
struct MigrationParser {
    struct Content {
        var up: MigrationSection
        var down: MigrationSection?
        var isIrreversible: Bool
    }

    let source: SourceText
    let dialect: Dialect
    private var splitter: StatementSplitter
    private var current: Section?
    private var up: MigrationSection?
    private var down: MigrationSection?
    private var upMarker: SQLToken?
    private var irreversible: SQLToken?
    private var problems: [MigrationError] = []

    private enum Section {
        case up, down
    }

    private init(source: SourceText, dialect: Dialect) {
        self.source = source
        self.dialect = dialect
        splitter = StatementSplitter(source: source, dialect: dialect)
    }

    /// Reads a text.
    ///
    /// - Throws: ``MigrationError`` with all problems that were found.
    static func parse(_ source: SourceText, dialect: Dialect) throws(MigrationError) -> Content {
        var parser = MigrationParser(source: source, dialect: dialect)
        return try parser.parse()
    }

    private mutating func parse() throws(MigrationError) -> Content {
        var lexer = SQLLexer(source.bytes, dialect: dialect)
        do {
            while let token = try next(from: &lexer) { try read(token) }
            if let statement = try splitter.finish() { add(statement) }
        } catch {
            problems.append(error)
        }
        checkWhole()
        guard problems.isEmpty, let up else {
            throw MigrationError(problems) ?? source.error(.invalidFile, Self.noUpMarker, at: 0)
        }
        return Content(up: up, down: down, isIrreversible: irreversible != nil)
    }

    private func next(from lexer: inout SQLLexer) throws(MigrationError) -> SQLToken? {
        do {
            return try lexer.next()
        } catch {
            throw source.error(error)
        }
    }

    private mutating func read(_ token: SQLToken) throws(MigrationError) {
        if token.kind == .lineComment, !splitter.isInsideBody, let marker = MigrationMarker(token, in: source) {
            if let statement = try splitter.finish() { add(statement) }
            begin(marker, at: token)
            return
        }
        if token.kind == .other(UInt8(ascii: "\\")) {
            problem("psql commands are not SQL; write the statements themselves", at: token)
        }
        if let statement = splitter.consume(token) { add(statement) }
    }

    private mutating func begin(_ marker: MigrationMarker, at token: SQLToken) {
        guard marker.startsLine else {
            return problem("a marker must stand at the start of its line", at: token)
        }
        switch marker.name {
        case "migrate:up":
            begin(.up, options: marker.options, at: token)
        case "migrate:down":
            begin(.down, options: marker.options, at: token)
        case "migrate:irreversible":
            if irreversible != nil { problem("`-- migrate:irreversible` stands here a second time", at: token) }
            irreversible = token
            if let option = marker.options.first { problem("unknown option `\(option)`", at: token) }
        default:
            problem(
                "unknown marker `\(marker.name)`; known are migrate:up, migrate:down and migrate:irreversible",
                at: token)
        }
    }

    private mutating func begin(_ section: Section, options: [String], at token: SQLToken) {
        let isRepeated = (section == .up ? up : down) != nil
        if isRepeated {
            problem("`-- migrate:\(section)` stands here a second time", at: token)
        } else if section == .down, up == nil {
            problem("`-- migrate:down` stands before `-- migrate:up`", at: token)
        }
        var isTransactional = true
        for option in options {
            switch option {
            case "transaction:true": isTransactional = true
            case "transaction:false": isTransactional = false
            default: problem("unknown option `\(option)`; known is transaction:false", at: token)
            }
        }
        current = section
        guard !isRepeated else { return }
        let begun = MigrationSection(
            statements: [], isTransactional: isTransactional, location: source.location(at: token.range.lowerBound))
        switch section {
        case .up: (up, upMarker) = (begun, token)
        case .down: down = begun
        }
    }

    private mutating func add(_ statement: SQLStatement) {
        if let refusal = statement.refusal(in: dialect) {
            problems.append(source.error(.invalidFile, refusal, at: statement.offset))
        }
        switch current {
        case .up: up?.statements.append(statement)
        case .down: down?.statements.append(statement)
        case nil where problems.allSatisfy({ $0.message != Self.beforeUp }):
            problems.append(source.error(.invalidFile, Self.beforeUp, at: statement.offset))
        case nil: break
        }
    }

    private mutating func checkWhole() {
        if up == nil, problems.isEmpty {
            problems = [source.error(.invalidFile, Self.noUpMarker, at: 0)]
        }
        if let upMarker, up?.statements.isEmpty == true, problems.isEmpty {
            problem("the up section is empty; write the SQL that applies this migration", at: upMarker)
        }
        if let irreversible, down != nil {
            problem("the file is irreversible and has a down section too; remove one of them", at: irreversible)
        }
    }

    private mutating func problem(_ message: String, at token: SQLToken) {
        problems.append(source.error(.invalidFile, message, at: token.range.lowerBound))
    }

    private static let noUpMarker = "the file has no `-- migrate:up` line"
    private static let beforeUp = "SQL before `-- migrate:up` would never run; move it below that line"
}
