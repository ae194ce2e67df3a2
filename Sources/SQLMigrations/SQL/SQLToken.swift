/// A token of SQL: what it is, and where it stands in the text.
package struct SQLToken: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// `-- …`, without the end of the line.
        case lineComment
        /// `/* … */`.
        case blockComment
        /// `'…'`, `E'…'` or `$tag$…$tag$`.
        case string
        /// `"…"`, and in SQLite also `` `…` `` and `[…]`.
        case quotedIdentifier
        /// A keyword, a plain identifier or a number.
        case word
        /// `;`.
        case semicolon
        /// One byte of anything else: an operator, a parenthesis, a comma.
        case other(UInt8)
    }

    package var kind: Kind
    /// The bytes of the token in the text.
    package var range: Range<Int>

    package init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    var isComment: Bool { kind == .lineComment || kind == .blockComment }
}
