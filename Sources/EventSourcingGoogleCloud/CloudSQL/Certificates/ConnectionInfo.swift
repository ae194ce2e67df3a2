import EventSourcing
import NIOSSL
import SwiftASN1
import X509

/// All that a connection to an instance needs, and until when.
struct ConnectionInfo: Sendable {
    /// Grows with each refresh, so that one can tell whether a failure was that of an old certificate.
    let generation: Int
    let host: String
    let identity: ServerIdentity
    let context: NIOSSLContext
    let expiration: Instant

    /// - Throws: ``CloudSQLError`` with the code ``CloudSQLError/Code/administrationUnavailable`` for certificates that
    ///   cannot be read.
    init(
        generation: Int, host: String, instance: CloudSQLInstanceName, settings: ConnectSettings, certificate: String,
        key: EphemeralKey, loginExpiration: Instant?
    ) throws {
        self.generation = generation
        self.host = host
        identity = ServerIdentity(names: Set(settings.serverNames), commonName: instance.certificateName)
        do {
            let parsed = try Certificate(pemEncoded: certificate)
            // A certificate that signs somebody in lasts no longer than the token of that somebody.
            expiration = min(Instant(parsed.notValidAfter), loginExpiration ?? Instant(parsed.notValidAfter))
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.minimumTLSVersion = .tlsv13
            tls.certificateVerification = .noHostnameVerification
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(settings.authorities.utf8)))
            tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) }
            tls.privateKey = .privateKey(key.privateKey)
            context = try NIOSSLContext(configuration: tls)
        } catch {
            throw CloudSQLError(.administrationUnavailable, "the Admin API's certificates cannot be read: \(error)")
        }
    }

    var remaining: Duration {
        .microseconds(expiration.microsecondsSince1970 - Instant.now().microsecondsSince1970)
    }
}
