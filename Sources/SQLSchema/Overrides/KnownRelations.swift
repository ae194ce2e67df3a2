/// What an override file can name: the tables, views, columns and types of a snapshot.
struct KnownRelations {
    /// A column, with the Swift types that it can be in each place that goes by its name.
    struct KnownColumn {
        let column: Column
        var fits: [ColumnFit]
    }

    /// What a key names.
    enum Lookup {
        case found(KnownColumn)
        case unknownColumn(of: String, names: String)
        case unknownTable
    }

    private(set) var names: [Dialect: [String]] = [:]
    private var relations: [String: [KnownColumn]] = [:]
    /// The enums with their labels, and the domains.
    private var typeNames: Set<String> = []

    init(_ snapshot: SchemaSnapshot) {
        for (dialect, catalog) in snapshot.dialects.mapValues(\.catalog).sorted(by: { $0.key < $1.key }) {
            let tables = catalog.tables.map { ($0.name.description, $0.columns) }
            let views = catalog.views.map { ($0.name.description, $0.columns) }
            for (name, columns) in tables + views {
                names[dialect, default: []].append(name)
                for column in columns { add(column, to: name, ColumnFit(column, in: dialect, catalog)) }
            }
            for type in catalog.enums {
                typeNames.insert(type.name.description)
                typeNames.formUnion(type.labels.map { "\(type.name).\($0)" })
            }
            typeNames.formUnion(catalog.domains.map(\.name.description))
        }
    }

    private mutating func add(_ column: Column, to relation: String, _ fit: ColumnFit) {
        let known = relations[relation] ?? []
        if let index = known.firstIndex(where: { $0.column.name.utf8.elementsEqual(column.name.utf8) }) {
            relations[relation]?[index].fits.append(fit)
        } else {
            relations[relation] = known + [KnownColumn(column: column, fits: [fit])]
        }
    }

    // MARK: Names

    var allNames: [String] { Set(names.values.joined()).sorted() }

    /// Whether a table, a view, an enum, one of its labels, or a domain goes by a name.
    func hasNamed(_ name: String) -> Bool {
        relations[name] != nil || typeNames.contains(name) || allNames.contains(name)
    }

    func column(named key: String) -> Lookup {
        // A name may contain a dot itself, so the key is not split: a table of the schema must be its beginning.
        let tables = relations.keys.filter { key.hasPrefix($0 + ".") }
        for table in tables {
            if let column = relations[table]?.first(where: { key == "\(table).\($0.column.name)" }) {
                return .found(column)
            }
        }
        guard let table = tables.max(by: { $0.count < $1.count }) else { return .unknownTable }
        let names = (relations[table] ?? []).map(\.column.name).joined(separator: ", ")
        return .unknownColumn(of: table, names: names)
    }

    // MARK: Types

    /// The types of all columns.
    var types: [String] {
        Set(relations.values.joined().map(\.column.type)).filter { !$0.isEmpty }.sorted()
    }

    /// The columns of a type, with or without its modifier, each with the name that a key would have.
    func columns(ofType type: String) -> [(place: String, column: KnownColumn)] {
        relations.sorted { $0.key < $1.key }.flatMap { name, columns in
            columns.filter { $0.column.isOf(type) }.map { ("\(name).\($0.column.name)", $0) }
        }
    }

    func list(_ names: [String]) -> String {
        names.joined(separator: ", ")
    }
}
