import Foundation
import Synchronization
import TestSupport

/// Stands between a client and a server on a Unix socket, and loses what they send each other when it is told to.
final class TestProxy: Sendable {
    enum Mode: Sendable {
        /// Hands everything on.
        case forwarding
        /// Reads nothing any more and closes nothing, as a network that has failed.
        case silent
        /// Closes what is open, and what is opened.
        case refusing
    }

    fileprivate struct State {
        var mode = Mode.forwarding
        var isOver = false
        /// What the answer to which is swallowed.
        var marker: [UInt8]?
        var refusesAfterCut = false
        var cutCount = 0
    }

    /// Keywords of libpq that lead to the proxy.
    let parameters: [String: String]
    private let folder: TemporaryFolder
    private let state: StateBox

    /// The state, shared with the thread, which must not keep the proxy alive.
    fileprivate final class StateBox: Sendable {
        let state = Mutex(State())
    }

    /// Listens on a Unix socket or, because some settings are about nothing else, on TCP.
    ///
    /// - Parameter bufferSize: how many bytes of a client the system takes while nobody reads them; nil means as ever.
    init(to serverFolder: String, overTCP: Bool = false, bufferSize: Int32? = nil) throws {
        folder = try TemporaryFolder()
        state = StateBox()
        let listener: Int32
        if overTCP {
            let port: UInt16
            (listener, port) = try Sockets.listen(bufferSize: bufferSize)
            parameters = ["host": "127.0.0.1", "port": "\(port)", "sslmode": "disable", "gssencmode": "disable"]
        } else {
            listener = try Sockets.listen(at: folder.file(".s.PGSQL.5432"))
            parameters = ["host": folder.path, "port": "5432"]
        }
        let relay = Relay(listener: listener, server: "\(serverFolder)/.s.PGSQL.5432", state: state)
        Thread { relay.run() }.start()
    }

    deinit {
        state.state.withLock { $0.isOver = true }
    }

    /// How often it has swallowed an answer and cut the connection.
    var cutCount: Int { state.state.withLock { $0.cutCount } }

    func set(_ mode: Mode) {
        state.state.withLock { $0.mode = mode }
    }

    /// Lets the server carry out the next thing that a text occurs in, swallows the answer, and cuts the connection.
    ///
    /// - Parameter refusing: whether nobody can connect afterwards.
    func swallowAnswer(to text: String, thenRefusing refusing: Bool = false) {
        state.state.withLock { state in
            state.marker = Array(text.utf8)
            state.refusesAfterCut = refusing
        }
    }
}

/// What the thread of a proxy does; all that changes is its own.
private struct Relay: Sendable {
    private struct Pair {
        let client: Int32
        let server: Int32
        /// The last bytes that the client sent, or the server.
        var sent: [UInt8] = []
        var answered: [UInt8] = []
        var isSwallowing = false
        var isOpen = true
    }

    let listener: Int32
    let server: String
    let state: TestProxy.StateBox
    /// How a server says that it is ready for more (ReadyForQuery), before the byte that tells of its transaction.
    private static let ready: [UInt8] = Array("Z".utf8) + [0, 0, 0, 5]

    init(listener: Int32, server: String, state: TestProxy.StateBox) {
        self.listener = listener
        self.server = server
        self.state = state
    }

    func run() {
        var pairs: [Pair] = []
        while true {
            let (mode, isOver) = state.state.withLock { ($0.mode, $0.isOver) }
            if isOver { break }
            if mode == .silent {
                usleep(2000)
                continue
            }
            if mode == .refusing {
                for pair in pairs { close(pair) }
                pairs = []
            }
            for descriptor in Sockets.readable([listener] + pairs.flatMap { [$0.client, $0.server] }) {
                if descriptor == listener {
                    let client = accept(listener, nil, nil)
                    guard client >= 0 else { continue }
                    if mode == .forwarding, let server = Sockets.connect(to: server) {
                        pairs.append(Pair(client: client, server: server))
                    } else {
                        Foundation.close(client)
                    }
                } else if let index = pairs.firstIndex(where: { [$0.client, $0.server].contains(descriptor) }) {
                    relay(descriptor, &pairs[index])
                }
            }
            for pair in pairs where !pair.isOpen { close(pair) }
            pairs.removeAll { !$0.isOpen }
        }
        for pair in pairs { close(pair) }
        Foundation.close(listener)
    }

    private func close(_ pair: Pair) {
        Foundation.close(pair.client)
        Foundation.close(pair.server)
    }

    private func relay(_ descriptor: Int32, _ pair: inout Pair) {
        guard pair.isOpen else { return }
        let bytes = Sockets.read(descriptor)
        pair.isOpen = !bytes.isEmpty
        if descriptor == pair.client {
            pair.sent = pair.sent.suffix(64) + bytes
            pair.isSwallowing = pair.isSwallowing || takeMarker(in: pair.sent)
            if !Sockets.write(bytes, to: pair.server) { pair.isOpen = false }
        } else if pair.isSwallowing {
            pair.answered = pair.answered.suffix(64) + bytes
            guard pair.answered.dropLast().suffix(Self.ready.count) == Self.ready[...] else { return }
            pair.isOpen = false
            state.state.withLock { state in
                state.cutCount += 1
                if state.refusesAfterCut { state.mode = .refusing }
            }
        } else if !Sockets.write(bytes, to: pair.client) {
            pair.isOpen = false
        }
    }

    /// Whether what is waited for has come; only the first time counts.
    private func takeMarker(in bytes: [UInt8]) -> Bool {
        state.state.withLock { state in
            guard let marker = state.marker, bytes.firstRange(of: marker) != nil else { return false }
            state.marker = nil
            return true
        }
    }
}
