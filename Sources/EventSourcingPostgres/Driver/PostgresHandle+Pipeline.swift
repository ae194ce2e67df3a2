import CLibpq

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension PostgresHandle {
    /// Sends several commands and waits once for all their results, which the caller clears.
    ///
    /// The first command that fails ends the rest up to the next end of a unit (PQpipelineSync): their results have the
    /// status PGRES_PIPELINE_ABORTED. Fewer results than commands mean that the connection broke.
    ///
    /// The socket does not block meanwhile: with both sides writing, each could wait for the other to read.
    ///
    /// - Parameter send: calls the functions of libpq that send, ends the units but the last, and returns how many it
    ///   ended; nil when a call failed.
    func inPipeline(_ send: () throws -> Int?) throws -> [OpaquePointer] {
        guard PQenterPipelineMode(pointer) == 1, PQsetnonblocking(pointer, 1) == 0 else {
            doubt()
            return []
        }
        let units: Int?
        do {
            units = try send()
        } catch {
            // What was sent before may still be answered, to nobody.
            doubt()
            throw error
        }
        guard let units, PQpipelineSync(pointer) == 1, flush() else {
            doubt()
            return []
        }
        let results = results(ofUnits: units + 1)
        if PQexitPipelineMode(pointer) == 0 || PQsetnonblocking(pointer, 0) != 0 { doubt() }
        return results
    }

    private func results(ofUnits count: Int) -> [OpaquePointer] {
        var results: [OpaquePointer] = []
        var ended = 0
        while ended < count {
            guard let result = PQgetResult(pointer) else {
                // Between the results of two commands there is a null pointer; after a loss there is nothing else.
                if PQstatus(pointer) == CONNECTION_OK { continue }
                doubt()
                break
            }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC {
                PQclear(result)
                ended += 1
            } else {
                results.append(result)
            }
        }
        return results
    }

    /// Sends what libpq still has, and reads meanwhile what the server has sent (PQflush, PQconsumeInput).
    func flush() -> Bool {
        while true {
            let left = PQflush(pointer)
            guard left == 1 else { return left == 0 }
            var socket = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN | POLLOUT), revents: 0)
            guard poll(&socket, 1, -1) >= 0 || errno == EINTR else { return false }
            if socket.revents & Int16(POLLIN) != 0, PQconsumeInput(pointer) == 0 { return false }
        }
    }
}
