package import SQLSchema

/// A database that migrations are tried on, and that says what each statement does.
///
/// It holds the schema that the migrations begin with, and a few rows in each table. Nobody else uses it.
package protocol ShadowDatabase {
    /// The SQL that it speaks.
    var dialect: Dialect { get }

    /// What it has, without its history of migrations.
    func catalog() throws -> Catalog

    /// Puts a few rows into each table that has none.
    ///
    /// - Returns: The tables that none could be put into, and why.
    func fill() throws -> [RelationName: String]

    /// Takes all rows out of all tables, past all triggers, within a transaction or without one.
    func clear() throws

    func begin() throws

    func commit() throws

    func rollback() throws

    /// Runs a statement and observes it; within a transaction, one that was refused leaves nothing behind.
    ///
    /// - Throws: What is no refusal of the statement, such as a connection that broke.
    func observe(_ statement: SQLStatement) throws -> StatementObservation
}
