import CLibpq
import SQLSchema

extension PostgresHandle {
    /// Prepares a statement and asks what its parameters and columns are, in one trip.
    ///
    /// A statement without a name is only described: behind a transaction pooler it would not be there the next time.
    func describe(_ sql: String, name: String) throws -> StatementDescription {
        do {
            return try sendDescription(sql, name: name)
        } catch var error as DatabaseError {
            // Nothing has been run yet.
            error.isOutcomeUnknown = false
            throw error
        }
    }

    private func sendDescription(_ sql: String, name: String) throws -> StatementDescription {
        try checkOpen(sql)
        let isInTransaction = isInTransaction
        let results = try inPipeline {
            PQsendPrepare(pointer, name, sql, 0, nil) == 1 && PQsendDescribePrepared(pointer, name) == 1
        }
        defer { results.forEach { PQclear($0) } }
        guard results.count == 2, PQstatus(pointer) == CONNECTION_OK else {
            throw results.last.map { error($0, sql: sql, inTransaction: isInTransaction) }
                ?? connectionLost(sql, inTransaction: isInTransaction)
        }
        for result in results where PQresultStatus(result) != PGRES_COMMAND_OK {
            throw error(result, sql: sql, inTransaction: isInTransaction)
        }
        return try description(of: results[1])
    }

    private func description(of result: OpaquePointer) throws -> StatementDescription {
        let parameterOIDs = (0..<PQnparams(result)).map { PQparamtype(result, $0) }
        let columnOIDs = (0..<PQnfields(result)).map { PQftype(result, $0) }
        try learnTypes(parameterOIDs + columnOIDs)
        return StatementDescription(
            parameters: parameterOIDs.map { oid in
                let type = types[oid]
                return ParameterSlot(type: type, element: type.format == .array ? types[type.elementOID] : nil)
            },
            columns: columns(of: result))
    }

    /// What the columns of a result are, as far as the types are known.
    func columns(of result: OpaquePointer) -> PostgresColumns {
        let indexes = 0..<PQnfields(result)
        return PostgresColumns(
            names: indexes.map { index in PQfname(result, index).map { String(cString: $0) } ?? "\(index)" },
            types: indexes.map { types[PQftype(result, $0)] })
    }

    /// Asks the server for types that are new to this connection.
    func learnTypes(_ oids: [Oid]) throws {
        try types.learn(types.unknown(among: oids)) { oids in
            let list = "{\(oids.sorted().map(String.init).joined(separator: ","))}"
            let result = try run(PostgresTypes.query) {
                withCString(list) { value in
                    PQexecParams(pointer, PostgresTypes.query, 1, nil, [value], nil, nil, 0)
                }
            }
            defer { PQclear(result) }
            return (0..<PQntuples(result)).map { row in
                func text(_ column: Int32) -> String {
                    PQgetvalue(result, row, column).map { String(cString: $0) } ?? ""
                }
                return PostgresTypes.Row(
                    oid: Oid(text(0)) ?? 0, kind: text(1), category: text(2), baseOID: Oid(text(3)) ?? 0,
                    elementOID: Oid(text(4)) ?? 0, name: text(5))
            }
        }
    }

    private func withCString<Result>(_ text: String, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
        text.withCString { body($0) }
    }

    /// Runs a prepared statement with the values in its parameters.
    func execute(name: String, sql: String, slots: [ParameterSlot]) throws -> OpaquePointer {
        try run(sql) {
            slots.withPointers { count, values, lengths, formats, _ in
                PQexecPrepared(pointer, name, count, values, lengths, formats, 1)
            }
        }
    }

    /// Sends a statement whole, with the values in its parameters and their types.
    func execute(sql: String, slots: [ParameterSlot]) throws -> OpaquePointer {
        try run(sql) {
            slots.withPointers { count, values, lengths, formats, types in
                PQexecParams(pointer, sql, count, types, values, lengths, formats, 1)
            }
        }
    }
}

/// What a server says about a statement before it is run.
struct StatementDescription {
    let parameters: [ParameterSlot]
    let columns: PostgresColumns
}

extension [ParameterSlot] {
    /// Calls a closure with the values as libpq wants them: pointers, lengths, formats (1 is binary), and types.
    func withPointers<Result>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?,
            UnsafePointer<Oid>?
        ) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: Swift.max(1, count)) { values in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: Swift.max(1, count * 3)) { numbers in
                let (lengths, formats, types) = (0, count, count * 2)
                for (index, slot) in enumerated() {
                    let value = slot.isNull ? nil : UnsafePointer(slot.buffer.start.assumingMemoryBound(to: CChar.self))
                    values.initializeElement(at: index, to: value)
                    numbers.initializeElement(at: lengths + index, to: Int32(truncatingIfNeeded: slot.buffer.count))
                    numbers.initializeElement(at: formats + index, to: 1)
                    numbers.initializeElement(at: types + index, to: Int32(bitPattern: slot.type.oid))
                }
                guard let start = numbers.baseAddress else { return body(0, nil, nil, nil, nil) }
                return (start + types).withMemoryRebound(to: Oid.self, capacity: count) { types in
                    body(
                        Int32(truncatingIfNeeded: count), values.baseAddress, start + lengths, start + formats, types)
                }
            }
        }
    }
}
