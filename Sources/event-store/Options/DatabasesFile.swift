import Foundation
import JSONText
import SQLSchema

/// A file that lists several databases, for commands that work on all of them.
///
/// ```json
/// {
///   "databases": [
///     { "name": "shop", "url": "sqlite:shop.db" },
///     { "name": "eu", "environment": "EU_DATABASE_URL", "migrations": "tenants", "eachSchema": "tenant_%" }
///   ]
/// }
/// ```
struct DatabasesFile {
    /// One database of the file.
    struct Entry {
        let name: String?
        let url: DatabaseURL
        var migrations: String?
        var schema: String?
        var eachSchema: String?
    }

    let entries: [Entry]

    /// Reads a file.
    ///
    /// - Throws: `InvalidSchemaError` with everything that is wrong with it, each with its place.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("cannot read the file \(path)")
        }
        var reader = DatabasesFileReader(SourceText(file: path, bytes: Array(data)))
        entries = try reader.read()
    }
}

/// Reads the file and collects its mistakes.
private struct DatabasesFileReader {
    private let source: SourceText
    private var problems: [SchemaDiagnostic] = []

    init(_ source: SourceText) {
        self.source = source
    }

    mutating func read() throws -> [DatabasesFile.Entry] {
        let root: JSONNode
        do {
            root = try JSONNode(parsing: source.bytes)
        } catch {
            throw InvalidSchemaError([
                SchemaDiagnostic("this is not JSON: \(error.reason)", at: source.location(at: error.offset))
            ])
        }
        checkMembers(of: root, "the file", allowed: ["databases"])
        let items = root["databases"]?.items ?? []
        if items.isEmpty { report("'databases' must be a list with at least one database", at: root) }
        var names: Set<String> = []
        let entries = items.compactMap { item -> DatabasesFile.Entry? in
            let entry = entry(item)
            if let name = entry?.name, !names.insert(name).inserted {
                report("another database has the name '\(name)'", at: item["name"] ?? item)
            }
            return entry
        }
        if !problems.isEmpty { throw InvalidSchemaError(problems) }
        return entries
    }

    private mutating func entry(_ node: JSONNode) -> DatabasesFile.Entry? {
        checkMembers(
            of: node, "a database", allowed: ["name", "url", "environment", "migrations", "schema", "eachSchema"])
        guard node.members != nil else { return nil }
        guard let name = text("name", of: node) else {
            report("a database needs a 'name', by which messages call it", at: node)
            return nil
        }
        let (schema, eachSchema) = (text("schema", of: node), text("eachSchema", of: node))
        if schema != nil, let each = node["eachSchema"] {
            report("'schema' and 'eachSchema' exclude each other", at: each)
        }
        guard let url = url(of: node) else { return nil }
        if url.dialect == .sqlite, let given = node["schema"] ?? node["eachSchema"] {
            report("SQLite has no schemas", at: given)
        }
        return DatabasesFile.Entry(
            name: name, url: url, migrations: text("migrations", of: node), schema: schema, eachSchema: eachSchema)
    }

    private mutating func url(of node: JSONNode) -> DatabaseURL? {
        let text: String
        let place: JSONNode
        switch (node["url"], node["environment"]) {
        case (let given?, nil):
            guard let value = self.text("url", of: node) else { return nil }
            (text, place) = (value, given)
        case (nil, let given?):
            guard let variable = self.text("environment", of: node) else { return nil }
            guard let value = ProcessInfo.processInfo.environment[variable] else {
                report("the environment has no \(variable)", at: given)
                return nil
            }
            (text, place) = (value, given)
        default:
            report("a database needs either a 'url', or an 'environment' variable that has it", at: node)
            return nil
        }
        do {
            return try DatabaseURL(text)
        } catch {
            // Its text has no part of the URL.
            report("\(error)", at: place)
            return nil
        }
    }

    private mutating func text(_ key: String, of node: JSONNode) -> String? {
        guard let value = node[key] else { return nil }
        guard let text = value.string, !text.isEmpty else {
            report("'\(key)' must be a text that is not empty", at: value)
            return nil
        }
        return text
    }

    private mutating func checkMembers(of node: JSONNode, _ what: String, allowed: [String]) {
        guard let members = node.members else { return report("\(what) must be an object", at: node) }
        var seen: Set<String> = []
        for member in members {
            if !allowed.contains(member.key) {
                problems.append(
                    SchemaDiagnostic(
                        "\(what) has no member '\(member.key)'; it can have \(allowed.joined(separator: ", "))",
                        at: source.location(at: member.offset)))
            } else if !seen.insert(member.key).inserted {
                problems.append(
                    SchemaDiagnostic(
                        "'\(member.key)' stands twice in \(what)", at: source.location(at: member.offset)))
            }
        }
    }

    private mutating func report(_ message: String, at node: JSONNode) {
        problems.append(SchemaDiagnostic(message, at: source.location(at: node.offset)))
    }
}
