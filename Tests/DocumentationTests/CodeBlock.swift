import Foundation

/// A fenced block of a Markdown file.
struct CodeBlock: Sendable {
    /// What a reader does with a block, and so what the test does.
    enum Role: Equatable, Sendable {
        /// A file to create, with its path.
        case file(String)
        /// Commands to run.
        case commands
        /// What the commands before it print.
        case output
        /// A picture.
        case diagram
        /// Swift that goes into a function.
        case snippet
        /// A target to add to the manifest.
        case target
    }

    /// The number of the block's first line in its file.
    let line: Int
    /// What stands after the fence: `swift file=Package.swift`.
    let info: String
    /// The lines between the fences.
    let text: String

    /// The role that the words after the fence give the block; nil when no test knows them.
    var role: Role? {
        let words = info.split(separator: " ")
        if words.count == 2, words[1].hasPrefix("file=") { return .file(String(words[1].dropFirst(5))) }
        return switch info {
        case "sh": .commands
        case "text": .output
        case "text diagram": .diagram
        case "swift": .snippet
        case "swift target": .target
        default: nil
        }
    }

    /// All fenced blocks of a text, in their order.
    static func all(in markdown: String) -> [CodeBlock] {
        var blocks: [CodeBlock] = []
        var open: (line: Int, info: String, lines: [Substring])?
        for (index, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let block = open {
                if line == "```" {
                    let text = block.lines.map { $0 + "\n" }.joined()
                    blocks.append(CodeBlock(line: block.line, info: block.info, text: text))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if line.hasPrefix("```") {
                open = (index + 2, String(line.dropFirst(3)), [])
            }
        }
        return blocks
    }
}
