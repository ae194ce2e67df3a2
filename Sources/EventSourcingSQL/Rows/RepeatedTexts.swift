#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The last text of each column of a result, handed out again when the next row has the same.
///
/// The events of a stream share their aggregate id and mostly their type and source; a text that is used again costs
/// neither an allocation nor a check of its UTF-8.
@usableFromInline
package final class RepeatedTexts {
    private struct Column {
        /// Room for the bytes of the text; nil before the first one.
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        var text = ""
        /// How often in a row the text was another one.
        var misses = 0
    }

    /// A column whose texts all differ, such as an id, is soon left alone.
    private static let maximumMisses = 8
    /// Longer texts are seldom repeated, and would only be held in memory.
    private static let maximumLength = 128

    /// Memory of its own and not an array: the checks of a class's property would cost more than the comparison.
    private let columns: UnsafeMutableBufferPointer<Column>

    package init(columnCount: Int) {
        columns = .allocate(capacity: columnCount)
        columns.initialize(repeating: Column())
    }

    deinit {
        for column in columns { column.bytes?.deallocate() }
        columns.deinitialize().deallocate()
    }

    /// The text that bytes of UTF-8 are; nil when they are not UTF-8.
    @usableFromInline
    package func text(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> String? {
        guard let start = bytes.baseAddress, 1...Self.maximumLength ~= bytes.count, index < columns.count,
            columns[index].misses < Self.maximumMisses
        else { return String(exactly: bytes) }
        if columns[index].count == bytes.count, let last = columns[index].bytes, memcmp(last, start, bytes.count) == 0 {
            columns[index].misses = 0
            return columns[index].text
        }
        guard let text = String(exactly: bytes) else { return nil }
        let last = columns[index].bytes ?? .allocate(capacity: Self.maximumLength)
        last.initialize(from: start, count: bytes.count)
        columns[index].bytes = last
        columns[index].count = bytes.count
        columns[index].text = text
        columns[index].misses += 1
        return text
    }
}
