import TestSupport
import Testing

/// Every block of the README works: files are written, commands run, output compared, Swift compiled.
@Suite(.timeLimit(.minutes(20))) struct READMETests {
    /// One story in one folder, because compiling the toolkit takes most of the time.
    @Test func aNewcomerGetsWhatTheREADMEShows() async throws {
        var newcomer = try Newcomer()
        defer { newcomer.leave() }
        let blocks = CodeBlock.all(in: try Checkout.read("README.md"))
        try #require(blocks.count > 20)
        for block in blocks {
            try await at("README.md:\(block.line)") { try await newcomer.follow(block) }
        }
        for (index, page) in try CatalogPage.all().enumerated() {
            for block in CodeBlock.all(in: page.text) {
                let name = "Page\(index)Line\(block.line)"
                try await at("\(page.path):\(block.line)") { try await newcomer.tryOut(block, named: name) }
            }
        }
        try await newcomer.finish()
    }

    @Test(
        arguments: [
            "```sh\necho one\n```\n```text\ntwo\n```\n", "```sh\nfalse\n```\n", "```sh\nmake coffee\n```\n",
            "```swift no words that a test knows\n```\n",
        ])
    func aBlockThatDoesNotWorkIsNoticed(markdown: String) async throws {
        var newcomer = try Newcomer()
        defer { newcomer.leave() }
        await #expect(throws: Newcomer.Surprise.self) {
            for block in CodeBlock.all(in: markdown) { try await newcomer.follow(block) }
        }
    }

    /// Says where in the documentation an error is.
    private func at(_ place: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            throw Newcomer.Surprise(description: "\(place): \(error)")
        }
    }

    @Test func fencesAreReadWithTheirLines() {
        let blocks = CodeBlock.all(in: "# Title\n\n```sh\nmake demo\n```\n\n```swift file=a/b.swift\nlet a = 1\n```\n")
        #expect(blocks.map(\.line) == [4, 8])
        #expect(blocks.map(\.role) == [.commands, .file("a/b.swift")])
        #expect(blocks.map(\.text) == ["make demo\n", "let a = 1\n"])
        #expect(CodeBlock.all(in: "```rust\n```\n").first?.role == nil)
    }
}
