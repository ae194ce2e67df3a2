import JSONText

/// Which columns of a result an outer join, or grouping sets, can make NULL, read from the plan of a statement:
/// `EXPLAIN (VERBOSE, FORMAT JSON)`.
///
/// A statement is described by the columns that values come from; that their tables are joined with `LEFT JOIN` is told
/// only by the plan. Whatever is not sure counts as NULL.
struct PlanNullability {
    /// What each scan of a table gives out that no join above it makes NULL: `customers.name`.
    private var kept: Set<String> = []
    private var hasOuterJoin = false
    private var hasGroupingSets = false
    private let output: [String]

    /// Reads the document that EXPLAIN answers; nil when it is none.
    init?(explanation: JSONNode) {
        guard let plan = explanation.items?.first?["Plan"] else { return nil }
        output = Self.output(of: plan)
        read(plan, isNulled: false)
    }

    /// Whether a column of the result that is NOT NULL in its table can be NULL all the same.
    func canBeNull(at index: Int) -> Bool {
        if hasGroupingSets { return true }
        guard hasOuterJoin else { return false }
        return !output.indices.contains(index) || !kept.contains(output[index])
    }

    private static func output(of node: JSONNode) -> [String] {
        (node["Output"]?.items ?? []).compactMap(\.string)
    }

    /// What a node gives out of its own table; what a change returns can come from others, too.
    private static func ownOutput(of node: JSONNode) -> [String] {
        guard node["Operation"] != nil else { return output(of: node) }
        let table = node["Alias"]?.string ?? node["Relation Name"]?.string ?? ""
        return output(of: node).filter { $0.hasPrefix("\(table).") }
    }

    private mutating func read(_ node: JSONNode, isNulled: Bool) {
        if node["Grouping Sets"] != nil { hasGroupingSets = true }
        if node["Relation Name"] != nil, !isNulled { kept.formUnion(Self.ownOutput(of: node)) }
        let join = node["Join Type"]?.string ?? ""
        if ["Left", "Right", "Full"].contains(join) { hasOuterJoin = true }
        for child in node["Plans"]?.items ?? [] {
            let isNulledHere =
                switch child["Parent Relationship"]?.string {
                case "Outer": join == "Right" || join == "Full"
                case "Inner": join == "Left" || join == "Full"
                default: false
                }
            read(child, isNulled: isNulled || isNulledHere)
        }
    }
}
