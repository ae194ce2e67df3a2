extension RowReader where Self: ~Copyable {
    /// Reads a list whose elements may be NULL.
    public borrowing func list<Element: ListElement>(of type: Element?.Type, at column: Int) throws -> [Element?] {
        try literals(at: column).map { literal in
            guard let literal else { return nil }
            guard let element = Element(literal: literal) else {
                throw unexpectedValue(at: column, expected: "a list of \(Element.self)")
            }
            return element
        }
    }

    /// Reads a list whose elements must not be NULL.
    public borrowing func list<Element: ListElement>(of type: Element.Type, at column: Int) throws -> [Element] {
        try literals(at: column).map { literal in
            guard let element = literal.flatMap(Element.init(literal:)) else {
                throw unexpectedValue(at: column, expected: "a list of \(Element.self) without NULL")
            }
            return element
        }
    }

    /// Reads a list whose elements may be NULL; a column that is NULL is nil.
    public borrowing func listIfPresent<Element: ListElement>(
        of type: Element?.Type, at column: Int
    ) throws -> [Element?]? {
        isNull(at: column) ? nil : try list(of: type, at: column)
    }

    /// Reads a list whose elements must not be NULL; a column that is NULL is nil.
    public borrowing func listIfPresent<Element: ListElement>(
        of type: Element.Type, at column: Int
    ) throws -> [Element]? {
        isNull(at: column) ? nil : try list(of: type, at: column)
    }
}

extension RowWriter where Self: ~Copyable {
    /// Writes a list; nil elements are NULL, and nil instead of a list is, too.
    public mutating func set<Element: ListElement>(list: [Element?]?, at column: Int) throws {
        guard let list else { return try writeNull(at: column) }
        try write(literals: list.map { $0?.literal }, areBare: Element.isBareInJSON, at: column)
    }

    /// Writes a list; nil instead of a list is NULL.
    public mutating func set<Element: ListElement>(list: [Element]?, at column: Int) throws {
        guard let list else { return try writeNull(at: column) }
        try write(literals: list.map(\.literal), areBare: Element.isBareInJSON, at: column)
    }
}

extension [String] {
    /// Whether the texts are the same bytes.
    public func hasSameBytes(as other: [String]) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.hasSameBytes(as: $1) }
    }
}

extension [String?] {
    /// Whether the texts are the same bytes.
    public func hasSameBytes(as other: [String?]) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.hasSameBytes(as: $1) }
    }
}

extension [String]? {
    /// Whether the texts are the same bytes.
    public func hasSameBytes(as other: [String]?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let left?, let right?): left.hasSameBytes(as: right)
        default: false
        }
    }
}

extension [String?]? {
    /// Whether the texts are the same bytes.
    public func hasSameBytes(as other: [String?]?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let left?, let right?): left.hasSameBytes(as: right)
        default: false
        }
    }
}
