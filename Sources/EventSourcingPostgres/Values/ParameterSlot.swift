import CLibpq

/// The place of one parameter of a statement, with its value in PostgreSQL's binary format.
@usableFromInline
final class ParameterSlot {
    let type: PostgresType
    @usableFromInline let format: WireFormat
    /// What the elements are, when the parameter is an array.
    let element: PostgresType?
    @usableFromInline let elementFormat: WireFormat
    @usableFromInline let buffer = WireBuffer()
    @exclusivity(unchecked) @usableFromInline var isNull = true
    /// How many elements were written, when the parameter is written element by element.
    @exclusivity(unchecked) @usableFromInline var elementCount = 0
    @exclusivity(unchecked) @usableFromInline var hasNullElement = false
    /// Where the element that is being written begins.
    @exclusivity(unchecked) @usableFromInline var elementStart = 0

    init(type: PostgresType, element: PostgresType?) {
        self.type = type
        self.element = element
        format = type.format
        elementFormat = element?.format ?? .other
    }

    @usableFromInline
    func clear() {
        buffer.removeAll()
        isNull = true
        elementCount = 0
        hasNullElement = false
    }

    /// Begins an array of one dimension; its header is completed by `endArray()`.
    ///
    /// The header is that of `array_recv`: dimensions, whether there are NULLs, the elements' type, count, first index.
    func beginArray() {
        clear()
        buffer.append(1 as Int32)
        buffer.append(0 as Int32)
        buffer.append(element?.oid ?? 0)
        buffer.append(0 as Int32)
        buffer.append(1 as Int32)
    }

    @usableFromInline
    func beginElement() {
        buffer.append(0 as Int32)
        elementStart = buffer.count
    }

    @usableFromInline
    func endElement() {
        buffer.set(Int32(truncatingIfNeeded: buffer.count - elementStart), at: elementStart - 4)
        elementCount += 1
    }

    @usableFromInline
    func appendNullElement() {
        buffer.append(-1 as Int32)
        elementCount += 1
        hasNullElement = true
    }

    func endArray() {
        isNull = false
        if elementCount == 0 {
            // No dimension at all.
            buffer.count = 0
            buffer.append(0 as Int32)
            buffer.append(0 as Int32)
            buffer.append(element?.oid ?? 0)
        } else {
            buffer.set(hasNullElement ? 1 : 0, at: 4)
            buffer.set(Int32(truncatingIfNeeded: elementCount), at: 12)
        }
    }
}
