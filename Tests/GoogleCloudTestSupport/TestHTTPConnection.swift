import Foundation
import NIOCore
import NIOHTTP1

/// One connection to a ``TestHTTPServer``, whose requests are answered one after the other.
final class TestHTTPConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let cut: TestHTTPServer.Cut
    private let handler: TestHTTPServer.Handler
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// After how many bytes of the body the connection is cut.
    private var limit: Int?

    init(cut: @escaping TestHTTPServer.Cut, handler: @escaping TestHTTPServer.Handler) {
        self.cut = cut
        self.handler = handler
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            limit = cut(TestHTTPRequest(head, body: []))
        case .body(let bytes):
            body += bytes.readableBytesView
            if let limit, body.count >= limit {
                body = Array(body.prefix(limit))
                answer(on: context.channel, hangingUp: true)
                context.close(promise: nil)
            }
        case .end:
            answer(on: context.channel, hangingUp: false)
        }
    }

    private func answer(on channel: any Channel, hangingUp: Bool) {
        guard let head else { return }
        self.head = nil
        let request = TestHTTPRequest(head, body: body)
        let handler = handler
        Task {
            switch await handler(request) {
            case .answer(let status, let headers, let body) where !hangingUp:
                var response = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status))
                for (name, value) in headers { response.headers.add(name: name, value: value) }
                response.headers.replaceOrAdd(name: "Content-Length", value: String(body.count))
                channel.write(HTTPServerResponsePart.head(response), promise: nil)
                channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
                channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
            default:
                channel.close(promise: nil)
            }
        }
    }
}

extension TestHTTPRequest {
    init(_ head: HTTPRequestHead, body: [UInt8]) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            method: head.method.rawValue, path: String(parts[0]), query: parts.count > 1 ? Self.fields(parts[1]) : [:],
            headers: Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }, body: body
        )
    }

    /// The body as the fields of a form.
    package var form: [String: String] { Self.fields(Substring(decoding: body, as: UTF8.self)) }

    private static func fields(_ text: Substring) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { side in
                let spaced = side.replacingOccurrences(of: "+", with: " ")
                return spaced.removingPercentEncoding ?? spaced
            }
            fields[sides[0]] = sides.count > 1 ? sides[1] : ""
        }
        return fields
    }
}
