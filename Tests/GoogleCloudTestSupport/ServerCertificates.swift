import Crypto
import NIOSSL
import X509

/// Whose certificates a server of Cloud SQL has, and what is in them.
package enum ServerForm: Sendable {
    /// An authority of the instance's own; the name is the common name.
    case internalAuthority
    /// An authority for a region below a root; the name is an alternative name, and there is no common name.
    case regionalAuthority(dnsName: String)
    /// The certificate of another instance.
    case otherInstance
}

/// The certificates of an instance, and the authority for those of its clients.
struct ServerCertificates: Sendable {
    /// What the Admin API names, in PEM.
    let authorities: String
    /// Another one, that has signed nothing.
    let otherAuthority: String
    let dnsName: String?
    let clients: TestAuthority
    /// TLS for the proxy.
    let context: NIOSSLContext

    init(_ form: ServerForm = .internalAuthority) throws {
        clients = try TestAuthority("Client authority")
        let root = try TestAuthority("Server authority")
        var issuer = root
        var commonName: String? = "\(CloudSQLStandIn.project):\(CloudSQLStandIn.instance)"
        var names: [String] = []
        switch form {
        case .internalAuthority: dnsName = nil
        case .regionalAuthority(let name):
            issuer = try TestAuthority("Regional authority", signedBy: root)
            (commonName, names, dnsName) = (nil, [name], name)
        case .otherInstance:
            (commonName, names, dnsName) = ("someone-else:other", ["other.us-central1.sql.goog"], nil)
        }
        authorities = try root.certificate.pem
        otherAuthority = try TestAuthority("Server authority").certificate.pem
        let key = P256.Signing.PrivateKey()
        let leaf = try issuer.issue(
            for: Certificate.PublicKey(key.publicKey), commonName: commonName, names: names, isServer: true,
            lifetime: 86_400)
        let chain = [leaf] + (dnsName == nil ? [] : [issuer.certificate])
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try chain.map {
                .certificate(try NIOSSLCertificate(bytes: Array(try $0.pem.utf8), format: .pem))
            },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)))
        tls.minimumTLSVersion = .tlsv13
        tls.certificateVerification = .noHostnameVerification
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(try clients.certificate.pem.utf8)))
        context = try NIOSSLContext(configuration: tls)
    }
}
