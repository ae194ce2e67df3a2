import Foundation
import TestSupport
import Testing

/// What the documentation catalogs name is there.
@Suite struct CatalogTests {
    @Test func sixModulesHaveACatalog() throws {
        #expect(
            Set(try CatalogPage.all().map(\.module)) == [
                "EventSourcing", "EventSourcingGoogleCloud", "EventSourcingPostgres", "EventSourcingSQLite",
                "EventSourcingTesting", "SQLMigrations",
            ])
    }

    @Test(arguments: try CatalogPage.all()) func linksResolve(page: CatalogPage) throws {
        let source = try source(of: page.module)
        let types = publicTypes(in: source)
        for symbol in page.symbols where symbol != [page.module] {
            #expect(types.contains(symbol[0]), "\(page.path) links to ``\(symbol[0])``")
            for member in symbol.dropFirst() {
                let declaration = try Regex("(case|enum|func|let|struct|var) \(member)\\b")
                #expect(source.contains(declaration), "\(page.path) links to \(symbol[0])/\(member)")
            }
        }
        for article in page.articles {
            let path = "Sources/\(page.module)/Documentation.docc/\(article).md"
            #expect(FileManager.default.fileExists(atPath: Checkout.folder.appending(path: path).path), "\(path)")
        }
    }

    @Test(arguments: try CatalogPage.all()) func everyPublicTypeIsListed(page: CatalogPage) throws {
        guard page.path.hasSuffix("/\(page.module).md") else { return }
        let missing = publicTypes(in: try source(of: page.module)).subtracting(page.symbols.map { $0[0] })
        #expect(missing.isEmpty, "\(page.path) does not list them")
    }

    /// All Swift files of a module, one after the other.
    private func source(of module: String) throws -> String {
        let folder = Checkout.folder.appending(path: "Sources/\(module)")
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try files.filter { $0.hasSuffix(".swift") }.map { try Checkout.read("Sources/\(module)/\($0)") }.joined()
    }

    /// The public types that are declared at the top level.
    private func publicTypes(in source: String) -> Set<String> {
        let pattern = /^public (?:final )?(?:actor|class|enum|protocol|struct|typealias) (\w+)/
            .anchorsMatchLineEndings()
        return Set(source.matches(of: pattern).map { String($0.output.1) })
    }
}
