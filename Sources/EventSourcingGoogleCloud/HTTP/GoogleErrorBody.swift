import JSONText

/// What Google's services say in an answer that is an error.
struct GoogleErrorBody: Equatable {
    /// For people.
    let message: String
    /// For programs: the first of `errors`, or else `status` (`NOT_FOUND`).
    let reason: String?

    /// Reads the body of an answer; nil when it is not of this form.
    init?(_ body: [UInt8]) {
        guard let root = try? JSONNode(parsing: body), let error = root["error"] else { return nil }
        if let text = error.string {
            // The endpoints for tokens have the form of RFC 6749, section 5.2.
            message = root["error_description"]?.string ?? text
            reason = text
            return
        }
        guard let message = error["message"]?.string else { return nil }
        self.message = message
        reason = error["errors"]?.items?.first?["reason"]?.string ?? error["status"]?.string
    }
}

extension JSONNode {
    /// The value as a whole number, which Google's services write as a text when it may have 64 bits; nil when it is none.
    var wholeNumber: Int? {
        integer ?? string.flatMap { Int($0) }
    }
}
