/// Bytes that grow at their end: owns a piece of memory and frees it.
///
/// Parameters of a statement are written into buffers that stay with it, so that running it again allocates nothing.
@usableFromInline
final class WireBuffer {
    // Unchecked, also in a parameter: no closure is called while one of them is accessed, and a value has many of these.
    @exclusivity(unchecked) @usableFromInline private(set) var start: UnsafeMutableRawPointer
    @exclusivity(unchecked) @usableFromInline private(set) var capacity: Int
    @exclusivity(unchecked) @usableFromInline var count = 0

    /// More than this is given back when the buffer is emptied.
    private static let keptCapacity = 1 << 20

    init(capacity: Int = 64) {
        self.capacity = capacity
        start = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit {
        start.deallocate()
    }

    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: count)
    }

    func removeAll() {
        count = 0
        guard capacity > Self.keptCapacity else { return }
        start.deallocate()
        capacity = 64
        start = .allocate(byteCount: capacity, alignment: 8)
    }

    @inlinable
    func append<Integer: FixedWidthInteger>(_ value: Integer) {
        reserve(MemoryLayout<Integer>.size)
        (start + count).storeBytes(of: value.bigEndian, as: Integer.self)
        count += MemoryLayout<Integer>.size
    }

    @inlinable
    func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// Overwrites four bytes that have been written before.
    @inlinable
    func set(_ value: Int32, at offset: Int) {
        (start + offset).storeBytes(of: value.bigEndian, as: Int32.self)
    }

    @inlinable
    func reserve(_ additional: Int) {
        if count + additional > capacity { grow(to: count + additional) }
    }

    @usableFromInline
    func grow(to minimum: Int) {
        let larger = max(minimum, capacity * 2)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
        memory.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = memory
        capacity = larger
    }
}
