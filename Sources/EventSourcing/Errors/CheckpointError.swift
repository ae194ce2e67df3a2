/// A reader's position that the store does not have: the store is older than the reader.
///
/// It happens when a backup is restored, or when a reader is pointed at another database. The reader has seen events
/// that are gone; whoever knows what it did with them decides where it goes on, and keeps that position.
public struct CheckpointError: Error, Sendable {
    /// The name of the reader.
    public let reader: String
    /// The position that the reader has come to, or was to be set to.
    public let position: Int
    /// The position of the store's last event; 0 when it has none.
    public let lastPosition: Int

    /// Creates the error; stores do.
    public init(reader: String, position: Int, lastPosition: Int) {
        self.reader = reader
        self.position = position
        self.lastPosition = lastPosition
    }
}

extension CheckpointError: CustomStringConvertible {
    /// The reader, both positions, and what to do.
    public var description: String {
        "reader \(reader): its checkpoint is at position \(position), but the store ends at \(lastPosition); was a backup "
            + "restored? Decide what becomes of what the reader has done since, then save a checkpoint that the store has"
    }
}

extension CheckpointError: Equatable {
    /// Two errors are equal when all they hold is: the name by its UTF-8 bytes.
    public static func == (left: CheckpointError, right: CheckpointError) -> Bool {
        left.position == right.position && left.lastPosition == right.lastPosition
            && left.reader.hasSameBytes(as: right.reader)
    }
}
