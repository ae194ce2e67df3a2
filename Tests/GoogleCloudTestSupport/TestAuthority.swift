import Crypto
package import Foundation
import SwiftASN1
package import X509

/// An authority that signs certificates for tests.
package struct TestAuthority: Sendable {
    private let key: Certificate.PrivateKey
    package let certificate: Certificate

    package init(_ name: String, signedBy parent: TestAuthority? = nil) throws {
        key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try Self.subject(commonName: name)
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: Date(timeIntervalSinceNow: -300), notValidAfter: Date(timeIntervalSinceNow: 86_400),
            issuer: parent?.certificate.subject ?? subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            },
            issuerPrivateKey: parent?.key ?? key)
    }

    /// A certificate for a key.
    ///
    /// - Parameter lifetime: how many seconds from now it is valid; negative for one that has ended.
    package func issue(
        for key: Certificate.PublicKey, commonName: String?, names: [String] = [], isServer: Bool,
        lifetime: TimeInterval
    ) throws -> Certificate {
        let end = Date(timeIntervalSinceNow: lifetime)
        var extensions = try Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            try ExtendedKeyUsage([isServer ? .serverAuth : .clientAuth])
        }
        if !names.isEmpty {
            try extensions.append(
                Certificate.Extension(SubjectAlternativeNames(names.map { .dnsName($0) }), critical: false))
        }
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key,
            notValidBefore: min(Date(), end).addingTimeInterval(-300), notValidAfter: end,
            issuer: certificate.subject, subject: try Self.subject(commonName: commonName),
            signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: self.key)
    }

    private static func subject(commonName: String?) throws -> DistinguishedName {
        try DistinguishedName {
            OrganizationName("Tests, Inc")
            if let commonName { CommonName(commonName) }
        }
    }
}

extension Certificate {
    package var pem: String {
        get throws { try serializeAsPEM().pemString }
    }
}
