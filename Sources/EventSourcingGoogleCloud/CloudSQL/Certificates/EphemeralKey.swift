import CryptoExtras
import NIOSSL

/// The key of a connector, which never leaves this process; Google signs certificates for it.
///
/// It is the server that decides on RSA with 2,048 bits.
struct EphemeralKey: Sendable {
    /// The public half in PEM, as a SubjectPublicKeyInfo.
    let publicKey: String
    /// For TLS.
    let privateKey: NIOSSLPrivateKey

    /// Makes a key, which takes some tenths of a second.
    init() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        publicKey = key.publicKey.pemRepresentation
        privateKey = try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
    }
}
