/// Where an order goes to; kept as JSON in a column of its events.
public struct Address: Codable, Hashable, Sendable {
    public var street: String
    public var city: String

    public init(street: String, city: String) {
        self.street = street
        self.city = city
    }
}
