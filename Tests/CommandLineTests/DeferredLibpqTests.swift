import Foundation
import TestSupport
import Testing

/// In a release build nothing but `DeferredLibpq` defines the functions of libpq.
@Suite("libpq, loaded when it is called")
struct DeferredLibpqTests {
    @Test("Every function of libpq that is called is one of those that are found when it is")
    func allFunctions() throws {
        let functions = /\bPQ[A-Za-z]+\b/
        let definitions = try Checkout.read("Sources/DeferredLibpq/DeferredLibpq.c")
            .matches(of: /DEFERRED(?:_PROCEDURE)?\((?:[^,()]+, )?(PQ[A-Za-z]+),/).map(\.1)
        let sources = Checkout.folder.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }
            .filter { ["swift", "h"].contains($0.pathExtension) && !$0.path.contains("Sources/DeferredLibpq/") }
        let calls = try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .filter { !$0.contains("//") }.flatMap { $0.matches(of: functions).map(\.output) }
        }
        #expect(Set(definitions).count == definitions.count)
        #expect(Set(calls).count > 50)
        #expect(Set(definitions.map(String.init)) == Set(calls.map(String.init)))
    }
}
