import NIOSSL
import SwiftASN1
import X509

/// What the certificate of an instance's server must say, once its signature has been checked.
///
/// Google's authority for an instance signs that instance's certificates alone, but one for a region signs those of all
/// instances, so that the name matters.
struct ServerIdentity: Sendable, Equatable {
    /// Names that the certificate may have as alternative names.
    let names: Set<String>
    /// What the subject's common name must be when no alternative name fits: `project:instance`.
    let commonName: String

    /// A name in the form in which two are compared.
    static func normalized(_ name: String) -> String {
        (name.hasSuffix(".") ? String(name.dropLast()) : name).lowercased()
    }

    /// - Throws: ``CloudSQLError`` with the code ``CloudSQLError/Code/wrongServerName``.
    func check(_ certificate: Certificate) throws {
        let alternatives = (try? certificate.extensions.subjectAlternativeNames).map { Array($0) } ?? []
        let hosts = alternatives.compactMap { name -> String? in
            if case .dnsName(let host) = name { Self.normalized(host) } else { nil }
        }
        try check(alternativeNames: hosts, commonNames: Self.commonNames(of: certificate))
    }

    func check(alternativeNames: [String], commonNames: [String]) throws {
        if !names.isDisjoint(with: alternativeNames) || commonNames == [commonName] { return }
        let found = (alternativeNames + commonNames).joined(separator: ", ")
        let wanted = (names.sorted() + [commonName]).joined(separator: " or ")
        throw CloudSQLError(
            .wrongServerName,
            "the server's certificate is for \(found.isEmpty ? "nobody" : found), and not for \(wanted): "
                + "another server answers at the instance's address, and nothing was sent to it")
    }

    private static func commonNames(of certificate: Certificate) -> [String] {
        certificate.subject.flatMap { relative in
            relative.filter { $0.type == .RDNAttributeType.commonName }.compactMap { String($0.value) }
        }
    }

    /// - Throws: ``CloudSQLError`` with the code ``CloudSQLError/Code/wrongServerName``.
    func check(_ certificate: NIOSSLCertificate?) throws {
        guard let certificate, let bytes = try? certificate.toDERBytes(),
            let parsed = try? Certificate(derEncoded: bytes)
        else { throw CloudSQLError(.wrongServerName, "the server's certificate cannot be read") }
        try check(parsed)
    }
}
