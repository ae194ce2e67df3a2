/// The name of a result's column, with what a query can say behind it: `AS "total!: int64"`.
///
/// `!` says that it is never NULL and `?` that it can be, where the database cannot tell or says otherwise. A word
/// behind a colon chooses the Swift type, as an override file does.
package struct QueryColumnName: Hashable, Sendable {
    package let name: String
    /// Nil when the database decides.
    package let isNullable: Bool?
    /// The word of a type; nil when the database decides.
    package let choice: String?

    package init(_ text: String) {
        var name = text[...]
        var choice: String?
        if let colon = text.firstRange(of: ": "), TypeChoice(word: String(text[colon.upperBound...])) != nil {
            choice = String(text[colon.upperBound...])
            name = text[..<colon.lowerBound]
        }
        switch name.last {
        case "!" where name.count > 1: isNullable = false
        case "?" where name.count > 1: isNullable = true
        default: isNullable = nil
        }
        self.name = String(isNullable == nil ? name : name.dropLast())
        self.choice = choice
    }
}
