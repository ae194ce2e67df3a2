/// A range of values, each end of which may be open, and may belong to it or not: `int8range`, `numrange`, `daterange` and
/// the like of PostgreSQL.
///
/// PostgreSQL writes ranges of whole numbers and of days in one way: `[1,3]` comes back as `[1,4)`, which is the same.
public struct BoundedRange<Bound: ListElement>: LiteralValue, CustomStringConvertible where Bound: Hashable {
    /// The lower end; nil when there is none.
    public let lower: Bound?
    /// The upper end; nil when there is none.
    public let upper: Bound?
    /// Whether the lower end belongs to the range.
    public let includesLower: Bool
    /// Whether the upper end belongs to the range.
    public let includesUpper: Bool
    /// Whether nothing belongs to the range.
    public let isEmpty: Bool

    /// The range that has no values.
    public static var empty: BoundedRange { BoundedRange() }

    private init() {
        (lower, upper, includesLower, includesUpper, isEmpty) = (nil, nil, false, false, true)
    }

    /// Takes the ends; without them, the range has all values.
    ///
    /// An end that is open belongs to no range.
    public init(lower: Bound?, upper: Bound?, includesLower: Bool = true, includesUpper: Bool = false) {
        self.lower = lower
        self.upper = upper
        self.includesLower = includesLower && lower != nil
        self.includesUpper = includesUpper && upper != nil
        isEmpty = false
    }

    /// Takes the ends of a range of Swift.
    public init(_ range: Range<Bound>) where Bound: Comparable {
        self = range.isEmpty ? .empty : BoundedRange(lower: range.lowerBound, upper: range.upperBound)
    }

    /// `[1,10)`.
    public var description: String { literal }

    /// Reads `[1,10)`, `(,2026-11-25]` or `empty`.
    public init?(literal: String) {
        if literal == "empty" {
            self = .empty
            return
        }
        guard let first = literal.first, let last = literal.last, literal.count >= 3, "[(".contains(first),
            "])".contains(last), let items = LiteralItems(literal.dropFirst().dropLast()).items, items.count == 2
        else { return nil }
        let bounds = items.map { $0.map(Bound.init(literal:)) }
        // What is there must be a value.
        for bound in bounds { if case .some(.none) = bound { return nil } }
        self.init(
            lower: bounds[0] ?? nil, upper: bounds[1] ?? nil, includesLower: first == "[", includesUpper: last == "]")
    }

    public var literal: String {
        if isEmpty { return "empty" }
        let bounds = [lower, upper].map { $0.map { LiteralItems.quoted($0.literal) } ?? "" }
        return (includesLower ? "[" : "(") + bounds.joined(separator: ",") + (includesUpper ? "]" : ")")
    }
}

/// What stands between the brackets of a range, separated by commas and perhaps in quotes.
struct LiteralItems {
    /// The items; nil for those of which nothing is there. Nil when quotes do not match.
    let items: [String?]?

    init(_ text: Substring) {
        var items: [String.UnicodeScalarView?] = [nil]
        var rest = text.unicodeScalars[...]
        var isQuoted = false
        func append(_ scalar: Unicode.Scalar) {
            var item = items[items.count - 1] ?? String.UnicodeScalarView()
            item.append(scalar)
            items[items.count - 1] = item
        }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\":
                guard let next = rest.popFirst() else {
                    self.items = nil
                    return
                }
                append(next)
            case "\"" where isQuoted && rest.first == "\"":
                append(scalar)
                rest.removeFirst()
            case "\"":
                isQuoted.toggle()
                items[items.count - 1] = items[items.count - 1] ?? String.UnicodeScalarView()
            case "," where !isQuoted: items.append(nil)
            default: append(scalar)
            }
        }
        self.items = isQuoted ? nil : items.map { $0.map { String($0) } }
    }

    /// A text in quotes, so that nothing in it means anything.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
