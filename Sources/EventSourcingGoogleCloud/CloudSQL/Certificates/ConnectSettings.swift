import JSONText

/// What the Admin API says about an instance (`connectSettings`).
///
/// See <https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/connect>.
struct ConnectSettings: Sendable, Equatable {
    let region: String
    let backendType: String
    let databaseVersion: String
    /// The authorities that the server's certificate may be from, in PEM.
    let authorities: String
    /// Addresses by their type: `PRIMARY`, `PRIVATE`.
    let addresses: [String: String]
    /// The names that the server's certificate may have, in lower case and without a dot at the end.
    let serverNames: [String]
    /// The name for Private Service Connect.
    let serviceConnectName: String?

    /// - Throws: ``CloudSQLError`` with the code ``CloudSQLError/Code/administrationUnavailable``.
    init(_ body: [UInt8]) throws {
        guard let root = try? JSONNode(parsing: body), let region = root["region"]?.string,
            let backendType = root["backendType"]?.string, let databaseVersion = root["databaseVersion"]?.string,
            let authorities = root["serverCaCert"]?["cert"]?.string
        else {
            throw CloudSQLError(
                .administrationUnavailable, "the Admin API's answer to connectSettings does not have what it should")
        }
        self.region = region
        self.backendType = backendType
        self.databaseVersion = databaseVersion
        self.authorities = authorities
        var addresses: [String: String] = [:]
        for item in root["ipAddresses"]?.items ?? [] {
            guard let type = item["type"]?.string, let address = item["ipAddress"]?.string else { continue }
            addresses[type] = address
        }
        self.addresses = addresses
        let names = root["dnsNames"]?.items ?? []
        let plain = root["dnsName"]?.string
        serverNames = ([plain] + names.map { $0["name"]?.string }).compactMap { $0 }.map(ServerIdentity.normalized)
            .filter { !$0.isEmpty }
        let connecting = names.first {
            $0["connectionType"]?.string == "PRIVATE_SERVICE_CONNECT"
                && [nil, "INSTANCE"].contains($0["dnsScope"]?.string)
        }
        serviceConnectName = (connecting?["name"]?.string ?? (root["pscEnabled"]?.bool == true ? plain : nil))
            .map(ServerIdentity.normalized)
    }

    /// The address to connect to.
    ///
    /// - Throws: ``CloudSQLError`` when the instance is not the one that was meant, or has no such address.
    func address(
        _ kind: CloudSQLConfiguration.Address, of instance: CloudSQLInstanceName
    ) throws -> String {
        guard region == instance.region else {
            throw CloudSQLError(
                .wrongRegion, "the instance \(instance) is in the region \(region): correct its connection name")
        }
        guard backendType == "SECOND_GEN" else {
            throw CloudSQLError(
                .wrongInstanceType,
                "the instance \(instance) is of the kind \(backendType), and only SECOND_GEN can be connected to")
        }
        guard databaseVersion.hasPrefix("POSTGRES") else {
            throw CloudSQLError(.wrongEngine, "the instance \(instance) runs \(databaseVersion), not PostgreSQL")
        }
        let address =
            switch kind {
            case .publicAddress: addresses["PRIMARY"]
            case .privateAddress: addresses["PRIVATE"]
            case .privateServiceConnect: serviceConnectName
            }
        guard let address, !address.isEmpty else {
            let kinds = addresses.keys.sorted() + (serviceConnectName == nil ? [] : ["PRIVATE_SERVICE_CONNECT"])
            throw CloudSQLError(
                .noAddress,
                "the instance \(instance) has no \(kind.rawValue) address, but: \(kinds.joined(separator: ", "))")
        }
        return address
    }
}
