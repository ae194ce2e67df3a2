import CryptoExtras
import NIOSSL

/// The key of the connectors, which never leaves this process; Google signs certificates for it.
///
/// RSA with 2,048 bits is what the Admin API takes.
struct EphemeralKey: Sendable {
    /// The public half in PEM, as a SubjectPublicKeyInfo.
    let publicKey: String
    /// For TLS.
    let privateKey: NIOSSLPrivateKey

    /// The one of this process: to make one takes some tenths of a second.
    static let shared = Result { try EphemeralKey() }

    private init() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        publicKey = key.publicKey.pemRepresentation
        privateKey = try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
    }
}
