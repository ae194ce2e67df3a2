import SQLSchema

/// A value that a column can be too coarse for: `numeric(10, 2)`, `time(0)`.
public protocol FractionalValue {
    /// How many digits stand behind the point, without zeros at their end.
    var neededFractionDigits: Int { get }
}

extension ExactDecimal: FractionalValue {
    public var neededFractionDigits: Int {
        var digits = fractionDigits
        for digit in literal.utf8.reversed() {
            guard digits > 0, digit == UInt8(ascii: "0") else { break }
            digits -= 1
        }
        return digits
    }
}

extension Instant: FractionalValue {
    public var neededFractionDigits: Int { digits(ofMicroseconds: microsecondsSince1970) }
}

extension TimeOfDay: FractionalValue {
    public var neededFractionDigits: Int { digits(ofMicroseconds: microseconds) }
}

extension TimeOfDayWithOffset: FractionalValue {
    public var neededFractionDigits: Int { time.neededFractionDigits }
}

extension LocalDateTime: FractionalValue {
    public var neededFractionDigits: Int { time.neededFractionDigits }
}

extension CalendarInterval: FractionalValue {
    public var neededFractionDigits: Int { digits(ofMicroseconds: microseconds) }
}

private func digits(ofMicroseconds microseconds: Int64) -> Int {
    var rest = (microseconds % 1_000_000).magnitude
    var digits = 6
    while digits > 0, rest % 10 == 0 {
        rest /= 10
        digits -= 1
    }
    return digits
}

extension RowWriter where Self: ~Copyable {
    /// Writes a value that the column can hold as it is; PostgreSQL would round one that is too fine without a word.
    ///
    /// - Parameters:
    ///   - fractionDigits: how many digits the column has behind the point.
    ///   - name: the column's name, for the error.
    /// - Throws: `DatabaseError` with the code `constraintViolation` when the value has more digits.
    public mutating func set<Value: RowValue & FractionalValue>(
        _ value: Value?, at column: Int, fractionDigits: Int, of name: String
    ) throws {
        if let value { try value.check(fractionDigits, of: name) }
        try set(value, at: column)
    }

    /// Writes a list whose elements the column can hold as they are.
    ///
    /// - Throws: `DatabaseError` with the code `constraintViolation` when an element has more digits.
    public mutating func set<Element: ListElement & FractionalValue>(
        list: [Element?]?, at column: Int, fractionDigits: Int, of name: String
    ) throws {
        for element in list ?? [] { try element?.check(fractionDigits, of: name) }
        try set(list: list, at: column)
    }

    /// Writes a list whose elements the column can hold as they are.
    ///
    /// - Throws: `DatabaseError` with the code `constraintViolation` when an element has more digits.
    public mutating func set<Element: ListElement & FractionalValue>(
        list: [Element]?, at column: Int, fractionDigits: Int, of name: String
    ) throws {
        for element in list ?? [] { try element.check(fractionDigits, of: name) }
        try set(list: list, at: column)
    }
}

extension FractionalValue {
    fileprivate func check(_ fractionDigits: Int, of name: String) throws {
        guard neededFractionDigits > fractionDigits else { return }
        throw DatabaseError(
            code: .constraintViolation, engineCode: "22000",
            message: "column \(name): \(self) has more than \(fractionDigits) digits behind the point, and would be "
                + "rounded")
    }
}
