import EventSourcing
public import Tracing

/// How the trace that a task belongs to becomes the correlation id of the events that it saves.
///
/// Only an event without a correlation id gets one. Who saves the same events again in another trace gives them an id of
/// their own: with another correlation id the same event would be another one, and be refused.
public struct PostgresCorrelation: Sendable {
    private let id: @Sendable (ServiceContext, any Instrument) -> String?

    private init(id: @escaping @Sendable (ServiceContext, any Instrument) -> String?) {
        self.id = id
    }

    /// Takes what a closure finds in the context of the task; nil leaves the event without.
    public init(_ id: @escaping @Sendable (ServiceContext) -> String?) {
        self.init { context, _ in id(context) }
    }

    /// Takes the trace id that the tracer would send to another service: 32 hexadecimal digits, as in the header
    /// `traceparent` of W3C Trace Context. A tracer that sends no such header gives none.
    public static let traceID = PostgresCorrelation { context, tracer in
        var parent = TraceParent()
        tracer.inject(context, into: &parent, using: TraceParentInjector())
        return parent.traceID
    }

    /// The id for the events that the current task saves.
    func currentID(_ tracer: any Instrument) -> String? {
        ServiceContext.current.flatMap { id($0, tracer) }
    }
}

/// The header `traceparent`, see <https://www.w3.org/TR/trace-context/#traceparent-header>.
struct TraceParent: Sendable {
    var text = ""

    /// The second of its parts; nil when it is not a trace id.
    var traceID: String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[1].utf8.count == 32, parts[1].utf8.contains(where: { $0 != UInt8(ascii: "0") }),
            parts[1].utf8.allSatisfy({ Self.digits.contains($0) })
        else { return nil }
        return String(parts[1])
    }

    private static let digits = Set("0123456789abcdef".utf8)
}

/// Keeps that one of the headers that a tracer injects.
private struct TraceParentInjector: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout TraceParent) {
        if key.lowercased() == "traceparent" { carrier.text = value }
    }
}

extension Array {
    /// The same events, with a correlation id for those that have none.
    func correlated<Columns>(_ id: String?) -> [Element] where Element == Event<Columns> {
        guard let id, contains(where: { $0.correlationID == nil }) else { return self }
        return map { event in
            guard event.correlationID == nil else { return event }
            var event = event
            event.correlationID = id
            return event
        }
    }
}
