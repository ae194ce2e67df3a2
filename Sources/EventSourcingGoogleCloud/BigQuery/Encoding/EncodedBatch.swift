import Crypto

/// The lines of a batch, and which event each of them is.
struct EncodedBatch: Sendable {
    /// An event by what people know it by.
    struct EventName: Hashable, Sendable {
        let position: Int
        let aggregateID: String
        let eventID: String
    }

    /// An event that was left out, and why.
    struct Rejection: Hashable, Sendable {
        let event: EventName
        let problem: ValueProblem
    }

    /// A row is refused by BigQuery above this.
    static let maximumRowSize = 100 << 20
    /// How many bytes a part of the content has; the end of an upload's portion is a multiple of 256 KiB.
    static let partSize = 4 << 20

    /// The content in parts of the same size; the last may be shorter.
    private(set) var parts: [[UInt8]] = []
    private(set) var byteCount = 0
    private(set) var eventCount = 0
    /// The position of the last event, whether it is among the lines or was left out.
    private(set) var lastPosition: Int?
    private(set) var rejections: [Rejection] = []
    /// Where the line of each event begins, in the order of the lines.
    private var starts: [(offset: Int, position: Int)] = []
    private var hash = SHA256()

    /// Takes an event that is left out.
    mutating func reject(_ event: EventName, _ problem: ValueProblem) {
        lastPosition = event.position
        rejections.append(Rejection(event: event, problem: problem))
    }

    /// Takes the line of an event.
    mutating func append(_ line: [UInt8], position: Int) {
        lastPosition = position
        starts.append((byteCount, position))
        hash.update(data: line)
        byteCount += line.count
        eventCount += 1
        var rest = line[...]
        while !rest.isEmpty {
            if parts.last.map({ $0.count == Self.partSize }) ?? true {
                parts.append([])
                if parts.count > 1 { parts[parts.count - 1].reserveCapacity(Self.partSize) }
            }
            let last = parts.count - 1
            let room = Self.partSize - parts[last].count
            parts[last].append(contentsOf: rest.prefix(room))
            rest = rest.dropFirst(room)
        }
    }

    /// The SHA-256 of the content in hexadecimal digits, without the last, because a label's value has 63 at most.
    var checksum: String {
        let digits = hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0\(text)" : text
        }
        return String(digits.joined().prefix(63))
    }

    /// The position of the event whose line a byte of the content is part of; nil when there is no such line.
    func position(ofByte offset: Int) -> Int? {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 && offset < byteCount ? starts[low - 1].position : nil
    }

    /// The content from a byte on to the end of a part.
    func portion(from offset: Int) -> ArraySlice<UInt8> {
        let index = offset / Self.partSize
        guard parts.indices.contains(index) else { return [] }
        return parts[index][(offset % Self.partSize)...]
    }

    /// The whole content; for small ones.
    var content: [UInt8] { Array(parts.joined()) }
}
