import EventSourcingGoogleCloud
import Testing

struct AccessTokenTests {
    @Test("A token is not shown, whichever way it is printed")
    func redaction() {
        let token = AccessToken(value: "ya29.secret", expiration: .now())
        var dumped = ""
        dump(token, to: &dumped)
        for text in ["\(token)", String(reflecting: token), dumped, "\([token])", "\(Optional(token) as Any)"] {
            #expect(!text.contains("ya29"), "\(text)")
        }
    }
}
