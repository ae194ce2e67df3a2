import SQLSchema

/// What the program that SQLite makes of a statement tells of the NULLs that can come out of it.
///
/// See <https://sqlite.org/opcode.html>. Whatever is not sure counts as NULL.
struct QueryProgram {
    /// The tables whose rows can be missing, because they stand on the far side of an outer join.
    private let missing: Set<String>
    /// Whether any column can be NULL, because of what is done with the rows.
    private let canAnyBeNull: Bool

    /// One instruction, as EXPLAIN lists it.
    struct Instruction: Equatable {
        let opcode: String
        let p1: Int64
        let p2: Int64
    }

    /// Asks for the program of a statement (EXPLAIN, EXPLAIN QUERY PLAN).
    init(of sql: String, on connection: SQLiteConnection) throws {
        let instructions = try connection.prepare("EXPLAIN \(sql)").all { row in
            Instruction(opcode: try row.string(at: 1), p1: try row.int64(at: 2), p2: try row.int64(at: 3))
        }
        let plan = try connection.prepare("EXPLAIN QUERY PLAN \(sql)").all { row in try row.string(at: 3) }
        let tables = try connection.prepare("SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0").all {
            row in (try row.int64(at: 0), try row.string(at: 1))
        }
        self.init(instructions, plan: plan, tables: Dictionary(tables) { first, _ in first })
    }

    /// - Parameter tables: the tables by the pages that they, and their indexes, begin on.
    init(_ instructions: [Instruction], plan: [String], tables: [Int64: String]) {
        var opened: [Int64: String] = [:]
        for instruction in instructions where ["OpenRead", "OpenWrite", "ReopenIdx"].contains(instruction.opcode) {
            opened[instruction.p1] = tables[instruction.p2]
        }
        let nulled = instructions.filter { $0.opcode == "NullRow" }.map { opened[$0.p1] }
        missing = Set(nulled.compactMap { $0 })
        let opcodes = Set(instructions.map(\.opcode))
        // Without GROUP BY, which compares keys, an aggregate returns a row even when there is none to take columns from.
        let groups =
            opcodes.contains("Compare") && opcodes.isDisjoint(with: ["InitCoroutine", "OpenEphemeral", "Once"])
        canAnyBeNull =
            nulled.contains(nil)
            || (opcodes.contains("AggStep") && !groups)
            // Of a compound, only the first part is described.
            || plan.contains { $0.contains("COMPOUND") || $0.contains("UNION") || $0.contains("MERGE (") }
    }

    /// Whether a column of a table that is NOT NULL can come out as NULL.
    func canBeNull(_ table: String) -> Bool {
        canAnyBeNull || missing.contains(table)
    }
}
