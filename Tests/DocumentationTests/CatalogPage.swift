import Foundation
import TestSupport

/// A page of a documentation catalog.
struct CatalogPage: Sendable, CustomStringConvertible {
    /// The module that the page belongs to.
    let module: String
    /// The file, relative to the repository.
    let path: String
    /// The Markdown.
    let text: String

    /// The file.
    var description: String { path }

    /// All pages of all modules.
    static func all() throws -> [CatalogPage] {
        let sources = Checkout.folder.appending(path: "Sources")
        return try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted().flatMap { module in
            let catalog = "Sources/\(module)/Documentation.docc"
            let folder = Checkout.folder.appending(path: catalog)
            guard FileManager.default.fileExists(atPath: folder.path) else { return [CatalogPage]() }
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                .filter { $0.hasSuffix(".md") }
                .map {
                    try CatalogPage(module: module, path: "\(catalog)/\($0)", text: Checkout.read("\(catalog)/\($0)"))
                }
        }
    }

    /// The names between double backticks, with those of members after their types.
    var symbols: [[String]] {
        text.matches(of: /``([A-Z][^`\n]*)``/).map { match in
            match.output.1.split(separator: "/").map { String($0.prefix { $0 != "(" }) }
        }
    }

    /// The articles that the page links to.
    var articles: [String] {
        text.matches(of: /<doc:([A-Za-z]+)>/).map { String($0.output.1) }
    }
}
