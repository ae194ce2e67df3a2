/// What a column of a database is called in BigQuery.
///
/// BigQuery's names have letters, digits and underscores, do not begin with a digit, have at most 300 characters, and do not
/// begin with one of some reserved prefixes. A name that is such a one stays as it is. In any other name, each byte that
/// cannot stay becomes `_xHH_` with the byte in hexadecimal digits; so does an underscore that `xHH` follows, so that two
/// columns never have one name, and the name of the column can be told from the name in BigQuery.
enum BigQueryName {
    /// The prefixes that BigQuery keeps for itself, whatever their case.
    static let reservedPrefixes = [
        "_table_", "_file_", "_partition", "_row_timestamp", "__root__", "_colidentifier",
        "_change_sequence_number", "_change_type", "_change_timestamp",
    ]

    /// How many characters a name can have.
    static let maximumLength = 300

    /// The name in BigQuery.
    static func name(of column: String) -> String {
        let bytes = Array(column.utf8)
        let isReserved = reservedPrefixes.contains { column.lowercased().hasPrefix($0) }
        var result = ""
        for (index, byte) in bytes.enumerated() {
            let mayStay =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
                case UInt8(ascii: "_"): !(index == 0 && isReserved) && !isEscape(bytes, at: index)
                default: false
                }
            result += mayStay ? String(UnicodeScalar(byte)) : "_x\(hexadecimal(byte))_"
        }
        return result
    }

    /// The column whose name in BigQuery this is.
    static func column(named name: String) -> String {
        let bytes = Array(name.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if isEscape(bytes, at: index), index + 4 < bytes.count, bytes[index + 4] == UInt8(ascii: "_"),
                let byte = UInt8(String(decoding: bytes[(index + 2)..<(index + 4)], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                index += 5
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A name as it is written into SQL. It has no backquote, because no name of ours has one.
    static func quoted(_ name: String) -> String { "`\(name)`" }

    /// Whether an underscore is followed by what an escape has.
    private static func isEscape(_ bytes: [UInt8], at index: Int) -> Bool {
        index + 3 < bytes.count && bytes[index] == UInt8(ascii: "_") && bytes[index + 1] == UInt8(ascii: "x")
            && isHexadecimal(bytes[index + 2]) && isHexadecimal(bytes[index + 3])
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0\(digits)" : digits
    }
}
