import EventSourcing

/// Keeps what connections to an instance need, and replaces it in time.
///
/// There is one refresh at a time, whoever wants it. A certificate that is still valid is kept when a refresh fails.
actor CertificateCache {
    private let administration: CloudSQLAdministration
    private let address: CloudSQLConfiguration.Address
    /// Where the tokens of whoever signs in with the certificate come from; nil when nobody does.
    private let login: (any AccessTokenSource)?
    private let strategy: CloudSQLConfiguration.Refresh
    private var limiter: RefreshLimiter

    /// How long a connection waits until a certificate may be asked for.
    private static let patience = Duration.seconds(5)

    private var info: ConnectionInfo?
    private var lastGeneration = 0
    /// The generations up to this one are not to be used any more.
    private var refusedGeneration = 0
    private var refresh: Task<ConnectionInfo, any Error>?
    /// When the refresh under way asks, which the limiter may put off.
    private var refreshStart = ContinuousClock.now
    /// Waits until the next refresh is due.
    private var timer: Task<Void, Never>?
    /// Why the last certificate was refused, or could not be had.
    private var lastFailure: CloudSQLError?
    private var isClosed = false

    init(
        _ administration: CloudSQLAdministration, address: CloudSQLConfiguration.Address,
        login: (any AccessTokenSource)?, strategy: CloudSQLConfiguration.Refresh, limiter: RefreshLimiter
    ) {
        self.administration = administration
        self.address = address
        self.login = login
        self.strategy = strategy
        self.limiter = limiter
    }

    deinit {
        timer?.cancel()
        refresh?.cancel()
    }

    /// What a connection made now needs; waits for a refresh only when there is nothing that can be used.
    ///
    /// - Throws: ``CloudSQLError``.
    func current() async throws -> ConnectionInfo {
        if let info, info.generation > refusedGeneration, info.remaining > .zero {
            guard strategy == .lazy, RefreshSchedule.isDue(remaining: info.remaining) else { return info }
            // Better one that ends soon than none.
            return (try? await refreshed()) ?? info
        }
        return try await refreshed()
    }

    /// A handshake has failed with what was handed out: it is not used again, and whoever connects waits for another one.
    func refuse(_ info: ConnectionInfo, because failure: CloudSQLError) {
        guard info.generation > refusedGeneration else { return }
        refusedGeneration = info.generation
        lastFailure = failure
    }

    /// A connection broke off before it came to anything, which may or may not be because of what was handed out: it stays
    /// in use, and another one is fetched if that can be done now.
    ///
    /// - Returns: whether there is another one.
    func reconsider(_ info: ConnectionInfo) async -> Bool {
        guard !isClosed else { return false }
        if info.generation == lastGeneration, refresh == nil, limiter.delay(at: .now) > .zero { return false }
        if refresh != nil || info.generation == lastGeneration { _ = try? await refreshed() }
        return self.info.map { $0.generation > info.generation } ?? false
    }

    func close() {
        isClosed = true
        timer?.cancel()
        refresh?.cancel()
        info = nil
    }

    // MARK: Refreshing

    private func refreshed() async throws -> ConnectionInfo {
        guard !isClosed else { throw CloudSQLError.closed }
        let task = refresh ?? start()
        let wait = ContinuousClock.now.duration(to: refreshStart)
        // Nobody waits that long, and why there is nothing to connect with is known.
        if wait > Self.patience {
            throw lastFailure
                ?? CloudSQLError(
                    .tooManyRefreshes,
                    "certificates were asked for too often: the next time is in \(wait.components.seconds) seconds")
        }
        return try await task.value
    }

    @discardableResult
    private func start() -> Task<ConnectionInfo, any Error> {
        timer?.cancel()
        lastGeneration += 1
        let generation = lastGeneration
        let wait = limiter.reserve(at: .now)
        refreshStart = .now + wait
        // The task does not keep the cache alive while it waits.
        let task = Task { [weak self, administration, address, login] in
            do {
                if wait > .zero { try await Task.sleep(for: wait) }
                let info = try await Self.fetch(administration, address, login, generation: generation)
                await self?.end(.success(info))
                return info
            } catch {
                await self?.end(.failure(error))
                throw error
            }
        }
        refresh = task
        return task
    }

    private func end(_ outcome: Result<ConnectionInfo, any Error>) {
        refresh = nil
        guard !isClosed else { return }
        switch outcome {
        case .success(let new): info = new
        case .failure(let error): lastFailure = error as? CloudSQLError ?? lastFailure
        }
        guard strategy == .ahead, let info else { return }
        var delay = RefreshSchedule.delay(remaining: info.remaining)
        // After a failure the limiter decides when to try again, and here it may have nothing to say.
        if case .failure = outcome { delay = max(delay, .seconds(1)) }
        timer = Task { [weak self] in
            guard (try? await Task.sleep(for: delay)) != nil else { return }
            await self?.startWhenDue()
        }
    }

    private func startWhenDue() {
        guard refresh == nil, !isClosed else { return }
        start()
    }

    private static func fetch(
        _ administration: CloudSQLAdministration, _ address: CloudSQLConfiguration.Address,
        _ login: (any AccessTokenSource)?, generation: Int
    ) async throws -> ConnectionInfo {
        let key = try EphemeralKey.shared.get()
        async let pendingSettings = administration.settings()
        let token = try await LoginToken.fetch(from: login)
        let certificate = try await administration.certificate(for: key.publicKey, loginToken: token)
        let settings = try await pendingSettings
        return try ConnectionInfo(
            generation: generation, host: settings.address(address, of: administration.instance),
            instance: administration.instance, settings: settings, certificate: certificate, key: key,
            loginExpiration: token?.expiration)
    }
}

/// The tokens that database users sign in with.
enum LoginToken {
    /// - Throws: ``CloudSQLError`` with the code ``CloudSQLError/Code/noToken``.
    static func fetch(from source: (any AccessTokenSource)?) async throws -> AccessToken? {
        guard let source else { return nil }
        do {
            return try await source.accessToken(for: [.cloudSQLLogin])
        } catch let error where !(error is CancellationError) {
            throw CloudSQLError(.noToken, "there is no token to sign in to the database with: \(error)")
        }
    }
}
