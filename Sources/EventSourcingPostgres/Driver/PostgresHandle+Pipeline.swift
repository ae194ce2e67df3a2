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
    /// The first command that fails ends the rest: their results have the status PGRES_PIPELINE_ABORTED. Fewer results
    /// than commands mean that the connection broke.
    ///
    /// Nothing is written before all that can be read has been: otherwise both sides could wait for the other to read.
    ///
    /// - Parameter send: calls the functions of libpq that send, and returns false when one of them did.
    func inPipeline(_ send: () throws -> Bool) throws -> [OpaquePointer] {
        guard PQenterPipelineMode(pointer) == 1, PQsetnonblocking(pointer, 1) == 0 else {
            doubt()
            return []
        }
        var results: [OpaquePointer] = []
        do {
            guard try send() else {
                doubt()
                return []
            }
        } catch {
            // What was sent before will still be answered, to nobody.
            doubt()
            throw error
        }
        guard PQpipelineSync(pointer) == 1, flush() else {
            doubt()
            return []
        }
        while true {
            guard let result = PQgetResult(pointer) else {
                // Between the results of two commands there is a null pointer; after a loss there is nothing else.
                if PQstatus(pointer) == CONNECTION_OK { continue }
                doubt()
                return results
            }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC {
                PQclear(result)
                break
            }
            results.append(result)
        }
        if PQexitPipelineMode(pointer) == 0 || PQsetnonblocking(pointer, 0) != 0 { doubt() }
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
