import NIOCore
import Synchronization

/// The connections through a tunnel.
final class TunnelConnections: Sendable {
    private struct State {
        var isClosed = false
        var channels: [ObjectIdentifier: any Channel] = [:]
    }

    private let certificates: CertificateCache
    private let dialer: TunnelDialer
    private let state = Mutex(State())

    init(_ certificates: CertificateCache, _ dialer: TunnelDialer) {
        self.certificates = certificates
        self.dialer = dialer
    }

    var count: Int { state.withLock { $0.channels.count } }

    func close() {
        let channels = state.withLock { state in
            defer { state.channels = [:] }
            state.isClosed = true
            return state.channels.values
        }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Takes a connection of libpq's and makes one to the server for it.
    func accept(_ channel: any Channel, _ local: PumpHandler) {
        let isClosed = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.isClosed
        }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
        }
        guard !isClosed else { return channel.close(promise: nil) }
        PeerUser.isTrusted(channel).whenComplete { result in
            guard case .success(true) = result else { return channel.close(promise: nil) }
            Task {
                do {
                    try await self.connect(local, on: channel.eventLoop)
                } catch {
                    self.refuse(local, channel.eventLoop, error)
                }
            }
        }
    }

    /// Connects to the server, and once more with another certificate when that may be what it takes.
    private func connect(_ local: PumpHandler, on loop: any EventLoop) async throws {
        let info = try await certificates.current()
        guard let failure = await attempt(local, info, on: loop) else { return }
        let other = try await another(than: info, after: failure)
        if let failure = await attempt(local, other, on: loop) {
            // It is not used again, but this connection has tried enough.
            if failure.kind == .certificate { await certificates.refuse(other, because: failure.error) }
            throw failure.error
        }
    }

    /// - Throws: the failure when there is no sense in another attempt.
    private func another(than info: ConnectionInfo, after failure: DialFailure) async throws -> ConnectionInfo {
        if failure.kind == .certificate {
            await certificates.refuse(info, because: failure.error)
            return try await certificates.current()
        }
        guard await certificates.reconsider(info) else { throw failure.error }
        let other = try await certificates.current()
        // Where nobody answers, an attempt takes long, so that only another place is tried.
        guard failure.kind == .brokenOff || other.host != info.host else { throw failure.error }
        return other
    }

    private func attempt(_ local: PumpHandler, _ info: ConnectionInfo, on loop: any EventLoop) async -> DialFailure? {
        do {
            let server = try await dialer.dial(info, on: loop)
            try await loop.flatSubmit { local.join(server) ?? loop.makeSucceededVoidFuture() }.get()
            return nil
        } catch {
            return dialer.failure(error, info)
        }
    }

    /// Lets libpq know why, once it has said what it wants.
    private func refuse(_ local: PumpHandler, _ loop: any EventLoop, _ error: any Error) {
        let error =
            error as? CloudSQLError ?? CloudSQLError(.unreachable, "there is no connection to the instance: \(error)")
        loop.execute { local.refuse(error) }
    }
}
