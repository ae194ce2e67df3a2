import EventSourcing
import Foundation
import JSONText

/// The list of the events that BigQuery cannot hold, a JSON object a line. The events themselves stay where they are.
struct DeadLetterFile {
    let path: String

    /// Appends events, and waits until they are on the disk.
    ///
    /// After a process was killed, an event may stand in the file twice.
    func append(_ rejections: [EncodedBatch.Rejection]) throws {
        var text: [UInt8] = []
        for rejection in rejections {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("position", rejection.event.position)
                writer.member("aggregate_id", rejection.event.aggregateID)
                writer.member("event_id", rejection.event.eventID)
                writer.member("column", rejection.problem.column)
                writer.member("reason", rejection.problem.reason)
            }
            text += writer.bytes
            text.append(UInt8(ascii: "\n"))
        }
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw BigQueryExportError(.badSetting, "\(path): the file cannot be created")
            }
        }
        do {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(text))
            try file.synchronize()
            try file.close()
        } catch {
            throw BigQueryExportError(.badSetting, "\(path): the file cannot be written: \(error.localizedDescription)")
        }
    }
}
