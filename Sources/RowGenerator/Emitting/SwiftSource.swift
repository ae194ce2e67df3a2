import SQLSchema

/// Swift text as it grows, line by line, indented with four spaces a level.
struct SwiftSource {
    private(set) var text = ""
    private var level = 0
    /// What stands before a declaration: `public `, `package `, or nothing.
    let access: String
    private let isInlinable: Bool

    /// How long a line may get.
    private static let lineLength = 120

    /// Begins a text.
    ///
    /// - Parameter access: who can use what is declared in it.
    init(access: AccessLevel = .public) {
        self.access = access == .internal ? "" : "\(access.rawValue) "
        isInlinable = access == .public
    }

    /// Appends what lets other modules see a function's body; within a package or a module nothing needs to be said.
    mutating func inlinable() {
        if isInlinable { line("@inlinable") }
    }

    /// Appends one line, or an empty one.
    mutating func line(_ line: String = "") {
        if !line.isEmpty { text += indentation + line }
        text += "\n"
    }

    /// Appends lines.
    mutating func lines(_ lines: [String]) {
        for line in lines { self.line(line) }
    }

    /// Appends a blank line and a documentation comment.
    mutating func documentation(_ comment: String) {
        // A name of the database must not end the comment.
        line("/// " + String(String.UnicodeScalarView(comment.unicodeScalars.map { $0 < " " ? " " : $0 })))
    }

    /// Appends `opening {`, what the body appends one level deeper, and `}`.
    mutating func block(_ opening: String, _ body: (inout SwiftSource) -> Void) {
        line(opening + " {")
        indented(body)
        line("}")
    }

    /// Appends what the body appends, one level deeper.
    mutating func indented(_ body: (inout SwiftSource) -> Void) {
        level += 1
        body(&self)
        level -= 1
    }

    /// Appends `opening item, item closing` on one line if it fits, or else as few lines between them as possible.
    mutating func filled(_ opening: String, _ items: [String], _ closing: String) {
        let whole = opening + items.joined(separator: ", ") + closing
        // swift-format keeps a place for the comma that it would write after the last item.
        if fits(whole + ",") { return line(whole) }
        line(opening)
        indented { source in
            var current = ""
            source.elements(items) { source, item, comma in
                let longer = current.isEmpty ? "\(item)\(comma)" : "\(current) \(item)\(comma)"
                if source.fits(longer) {
                    current = longer
                } else {
                    source.line(current)
                    current = "\(item)\(comma)"
                }
            }
            source.line(current)
        }
        line(closing)
    }

    /// Appends `opening item, item closing` on one line if it fits, or else each item on a line of its own.
    ///
    /// - Parameter hugging: whether the closing follows the last item, as it does after the arguments of a call.
    mutating func listed(_ opening: String, _ items: [String], _ closing: String, hugging: Bool = false) {
        let whole = opening + items.joined(separator: ", ") + closing
        if fits(whole) { return line(whole) }
        line(opening)
        indented { source in
            for item in items.dropLast() { source.line("\(item),") }
            if let last = items.last { source.line(hugging ? last + closing : last) }
        }
        if !hugging { line(closing) }
    }

    /// Appends the elements of an array or dictionary literal, each with the comma that swift-format wants after it.
    mutating func elements<Element>(
        _ elements: [Element], _ body: (inout SwiftSource, Element, _ comma: String) -> Void
    ) {
        for element in elements { body(&self, element, elements.count > 1 ? "," : "") }
    }

    private var indentation: String { String(repeating: "    ", count: level) }

    private func fits(_ line: String) -> Bool {
        indentation.count + line.unicodeScalars.count <= Self.lineLength
    }
}
