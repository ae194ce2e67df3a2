import Crypto
import CryptoExtras
import EventSourcing
import Foundation
import JSONText

/// The JSON Web Token by which a service account asks for an access token: RFC 7519, signed with RS256, in the form of
/// RFC 7523.
enum SignedAssertion {
    /// Signs a token that is valid for an hour.
    ///
    /// - Throws: ``GoogleCloudError`` with the code ``GoogleCloudError/Code/invalidCredentials`` when the key is none.
    static func make(
        for key: GoogleCredentials.ServiceAccountKey, scopes: [GoogleScope], at now: Instant
    ) throws -> String {
        let seconds = now.microsecondsSince1970 / 1_000_000
        var header = ["alg": "RS256", "typ": "JWT"]
        header["kid"] = key.keyID
        let claims = Claims(
            iss: key.email, scope: scopes.map(\.rawValue).joined(separator: " "), aud: key.tokenURL, iat: seconds,
            exp: seconds + 3600)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let content = [try encoder.encode(header), try encoder.encode(claims)].map(base64URL).joined(separator: ".")
        do {
            let signature = try _RSA.Signing.PrivateKey(pemRepresentation: key.privateKey)
                .signature(for: SHA256.hash(data: Data(content.utf8)), padding: .insecurePKCS1v1_5)
            return content + "." + base64URL(signature.rawRepresentation)
        } catch {
            // What went wrong within the key is not shown, because it may show the key.
            throw GoogleCloudError(
                .invalidCredentials, "the private key of the service account \(key.email) is not an RSA key in PEM")
        }
    }

    private struct Claims: Encodable {
        let iss: String
        let scope: String
        let aud: String
        let iat: Int64
        let exp: Int64
    }

    private static func base64URL(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").trimmingCharacters(in: ["="])
    }
}
