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
    /// - Parameter send: calls the functions of libpq that send, ends units but the last one with ``endUnit()``, and
    ///   returns false when a call failed. When it throws, the last unit is undone.
    func inPipeline(_ send: () throws -> Bool) throws -> [OpaquePointer] {
        guard PQenterPipelineMode(pointer) == 1, PQsetnonblocking(pointer, 1) == 0 else {
            doubt()
            return []
        }
        endedUnits = 0
        hasUnfinishedUnit = false
        let results: [OpaquePointer]
        do {
            guard try send(), endUnit(), flush() else {
                doubt()
                return []
            }
            results = self.results(ofUnits: endedUnits)
        } catch {
            abandonPipeline()
            throw error
        }
        leavePipeline()
        return results
    }

    /// Ends a unit within a pipeline: what follows does not fail with what was sent before (PQpipelineSync).
    func endUnit() -> Bool {
        hasUnfinishedUnit = false
        endedUnits += 1
        return PQpipelineSync(pointer) == 1
    }

    /// Ends a pipeline that is not wanted any more.
    private func abandonPipeline() {
        if hasUnfinishedUnit {
            // The end of the unit would commit it; with a statement that cannot succeed in it, it is rolled back.
            let sql = "SELECT 1 / 0 AS abandoned"
            guard PQsendQueryParams(pointer, sql, 0, nil, nil, nil, nil, 0) == 1 else { return doubt() }
        }
        guard endUnit(), flush() else { return doubt() }
        for result in results(ofUnits: endedUnits) { PQclear(result) }
        leavePipeline()
    }

    private func leavePipeline() {
        if PQexitPipelineMode(pointer) == 0 || PQsetnonblocking(pointer, 0) != 0 { doubt() }
    }

    private func results(ofUnits count: Int) -> [OpaquePointer] {
        waiting { readResults(ofUnits: count) }
    }

    private func readResults(ofUnits count: Int) -> [OpaquePointer] {
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
        waiting(flushAll)
    }

    private func flushAll() -> Bool {
        while true {
            let left = PQflush(pointer)
            guard left == 1 else { return left == 0 }
            var socket = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN | POLLOUT), revents: 0)
            guard poll(&socket, 1, -1) >= 0 || errno == EINTR else { return false }
            if socket.revents & Int16(POLLIN) != 0, PQconsumeInput(pointer) == 0 { return false }
        }
    }
}
