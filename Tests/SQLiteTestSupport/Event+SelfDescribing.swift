package import EventSourcingSQLite

extension Event where Columns == StandardColumns {
    /// An event that says in its data what its id is, so that a mix-up shows.
    ///
    /// - Parameter padding: how many bytes more the data is to have.
    package static func selfDescribing(_ id: String = makeID(), padding: Int = 0) -> Event {
        let data = #"{"id":"\#(id)","padding":"\#(String(repeating: "x", count: padding))"}"#
        return Event(id: id, type: "Saved", source: "/", data: .json(JSON(uncheckedBytes: Array(data.utf8))))
    }
}
