import SQLSchema

/// How each database keeps the standard columns.
extension TableShape.StandardColumn {
    /// How the column is declared, for somebody who has to write it.
    func declaration(in dialect: Dialect) -> String {
        "\(name) \(type(in: dialect))\(isRequired ? " NOT NULL" : "")"
    }

    /// Whether a column can keep what the store writes and reads.
    func canBe(_ column: Column, in catalog: Catalog, _ dialect: Dialect) -> Bool {
        switch dialect {
        case .sqlite: return SQLiteStorage(declaredType: column.type) == sqliteStorage
        case .postgres:
            guard let storage = PostgresStorage(type: column.type, in: catalog) else { return false }
            // A precision of less than a microsecond's would round what is stored.
            let isRounded = content == .instant && PostgresStorage.baseType(of: column.type, in: catalog).contains("(")
            return postgresStorages.contains(storage) && !isRounded
        }
    }

    private func type(in dialect: Dialect) -> String {
        switch (dialect, content) {
        case (.sqlite, _): sqliteStorage.rawValue
        case (.postgres, .number): "bigint"
        case (.postgres, .id), (.postgres, .text): "text COLLATE \"C\""
        case (.postgres, .json): "json"
        case (.postgres, .bytes): "bytea"
        case (.postgres, .instant): "timestamptz"
        }
    }

    private var sqliteStorage: SQLiteStorage {
        switch content {
        case .number, .instant: .integer
        case .id, .text, .json: .text
        case .bytes: .blob
        }
    }

    /// Ids are compared by their bytes, which citext does not do.
    private var postgresStorages: [PostgresStorage] {
        switch content {
        case .number: [.bigint]
        case .id: [.text, .varchar]
        case .text: [.text, .varchar, .citext]
        case .json: [.json, .jsonb]
        case .bytes: [.bytea]
        case .instant: [.timestamptz]
        }
    }
}
