import EventSourcing
import EventSourcingSQL

/// What a store does on one connection, whether the call is alone or in a caller's transaction.
///
/// It belongs to whoever holds the connection.
struct PostgresSession<Columns: EventColumns> {
    let mapping: PostgresMapping<Columns>
    let snapshotRetention: SnapshotRetention
    let connection: PostgresConnection

    var sql: PostgresTexts { mapping.sql }

    /// Finds a statement prepared, writes its parameters and hands it out.
    func statement(
        _ sql: String, _ write: (inout PostgresParameters) throws -> Void
    ) throws -> PostgresStatement {
        let statement = try connection.prepare(sql)
        var parameters = statement.parameters()
        try write(&parameters)
        return statement
    }
}
