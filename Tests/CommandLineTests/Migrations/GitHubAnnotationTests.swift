import SQLMigrations
import SQLSchema
import Testing

@testable import event_store

@Suite("Annotations for GitHub")
struct GitHubAnnotationTests {
    @Test("A file, a line and a column are properties, and what would break a command is escaped")
    func text() {
        let location = FileLocation(file: "a,b:c/1_x.sql", line: 3, column: 7)
        #expect(
            GitHubAnnotation(message: "100% wrong:\nreally", location: location).text
                == "::error file=a%2Cb%3Ac/1_x.sql,line=3,col=7::100%25 wrong:%0Areally")
        #expect(GitHubAnnotation(message: "plain", location: nil).text == "::error::plain")
    }

    @Test("Every problem has one of its own, and those of a database say which one it is")
    func problems() throws {
        let first = MigrationError(.edited, "edited", location: FileLocation(file: "1_a.sql", line: 1, column: 1))
        let both = try #require(MigrationError([first, MigrationError(.missing, "missing")]))
        #expect(GitHubAnnotation.all(for: both).map(\.message) == ["edited", "missing"])
        let failed = TargetsFailed(failures: [TargetsFailed.Failure(name: "eu", error: both)], total: 2)
        #expect(GitHubAnnotation.all(for: failed).map(\.message) == ["eu: edited", "eu: missing"])
        #expect(GitHubAnnotation.all(for: failed)[0].location?.file == "1_a.sql")
    }

    @Test("A password is not annotated")
    func password() {
        let error = UsageError("cannot use postgresql://ada:s3cret@host/shop")
        #expect(GitHubAnnotation.all(for: error).allSatisfy { !$0.message.contains("s3cret") })
    }
}
