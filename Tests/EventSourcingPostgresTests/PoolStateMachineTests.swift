import Testing

@testable import EventSourcingPostgres

@Suite("The decisions of a pool")
struct PoolStateMachineTests {
    private let start = ContinuousClock.now

    private func machine(minimum: Int = 0, maximum: Int = 2) -> PoolStateMachine {
        var machine = PoolStateMachine(
            PostgresPoolOptions(minimum: minimum, maximum: maximum, timeout: .seconds(1), idleTimeout: .seconds(60)))
        machine.start()
        return machine
    }

    @Test("open a connection when it is first needed, and lend it again")
    func lazily() {
        var machine = machine(minimum: 2)
        #expect(machine.request(1, at: start) { _ in true } == [.open(connection: 1)])
        #expect(machine.opened(1, at: start) == [.lend(connection: 1, waiter: 1)])
        #expect(machine.giveBack(1, isReusable: true, at: start) == [])
        #expect(machine.request(2, at: start) { _ in true } == [.lend(connection: 1, waiter: 2)])
        #expect(machine.status == PostgresPoolStatus(idle: 0, lent: 1, opening: 0, closing: 0, waiting: 0))
    }

    @Test("serve whoever has waited longest, and open no more than the maximum")
    func fairness() {
        var machine = machine(maximum: 1)
        #expect(machine.request(1, at: start) { _ in true } == [.open(connection: 1)])
        #expect(machine.request(2, at: start) { _ in true } == [])
        #expect(machine.request(3, at: start) { _ in true } == [])
        #expect(machine.opened(1, at: start) == [.lend(connection: 1, waiter: 1)])
        #expect(machine.giveBack(1, isReusable: true, at: start) == [.lend(connection: 1, waiter: 2)])
        #expect(machine.giveBack(1, isReusable: true, at: start) == [.lend(connection: 1, waiter: 3)])
    }

    @Test("refuse before the start and after the close")
    func phases() {
        var machine = PoolStateMachine(PostgresPoolOptions())
        #expect(machine.request(1, at: start) { _ in true } == [.refuse(waiter: 1, .notStarted)])
        machine.start()
        #expect(machine.close() == [.finish])
        #expect(machine.request(2, at: start) { _ in true } == [.refuse(waiter: 2, .closed)])
        #expect(machine.close() == [.finish])
        machine.start()
        #expect(machine.request(3, at: start) { _ in true } == [.refuse(waiter: 3, .closed)])
    }

    @Test("close at the end what is lent out only when it comes back")
    func closing() {
        var machine = machine(maximum: 3)
        for waiter in 1...3 { _ = machine.request(waiter, at: start) { _ in true } }
        _ = machine.opened(1, at: start)
        _ = machine.opened(2, at: start)
        _ = machine.giveBack(1, isReusable: true, at: start)
        _ = machine.request(4, at: start) { _ in true }
        #expect(machine.giveBack(2, isReusable: true, at: start) == [.lend(connection: 2, waiter: 4)])
        #expect(machine.request(5, at: start) { _ in true } == [])
        #expect(machine.giveBack(2, isReusable: true, at: start) == [.lend(connection: 2, waiter: 5)])
        #expect(machine.giveBack(2, isReusable: true, at: start) == [])
        #expect(machine.close() == [.close(connection: 2)])
        #expect(machine.closed(2) == [])
        #expect(machine.opened(3, at: start) == [.close(connection: 3)])
        #expect(machine.closed(3) == [])
        #expect(machine.close() == [])
        #expect(machine.giveBack(1, isReusable: true, at: start) == [.close(connection: 1)])
        #expect(machine.closed(1) == [.finish])
    }

    @Test("refuse waiters at the close")
    func waitersAtClose() {
        var machine = machine(maximum: 1)
        for waiter in 1...3 { _ = machine.request(waiter, at: start) { _ in true } }
        _ = machine.opened(1, at: start)
        #expect(machine.close() == [.refuse(waiter: 2, .closed), .refuse(waiter: 3, .closed)])
    }

    @Test("forget a waiter that is cancelled or whose time runs out, once")
    func leaving() {
        var machine = machine(maximum: 1)
        for waiter in 1...4 { _ = machine.request(waiter, at: start + .milliseconds(waiter)) { _ in true } }
        #expect(machine.cancel(2) == [.refuse(waiter: 2, .cancelled)])
        #expect(machine.cancel(2) == [])
        #expect(machine.nextDeadline == start + .milliseconds(1001))
        #expect(machine.expire(at: start + .milliseconds(1000)) == [])
        #expect(
            machine.expire(at: start + .milliseconds(1003)) == [
                .refuse(waiter: 1, .timeout), .refuse(waiter: 3, .timeout),
            ])
        #expect(machine.opened(1, at: start) == [.lend(connection: 1, waiter: 4)])
        #expect(machine.cancel(4) == [])
        #expect(machine.nextDeadline == nil)
    }

    @Test("close a connection that died unused, and open another")
    func dead() {
        var machine = machine(maximum: 1)
        _ = machine.request(1, at: start) { _ in true }
        _ = machine.opened(1, at: start)
        _ = machine.giveBack(1, isReusable: true, at: start)
        // The dying one still takes its place.
        #expect(machine.request(2, at: start) { _ in false } == [.close(connection: 1)])
        #expect(machine.closed(1) == [.open(connection: 2)])
        #expect(machine.opened(2, at: start) == [.lend(connection: 2, waiter: 2)])
    }

    @Test("replace a connection that broke, up to the minimum")
    func replacing() {
        var machine = machine(minimum: 1)
        _ = machine.request(1, at: start) { _ in true }
        _ = machine.opened(1, at: start)
        #expect(machine.giveBack(1, isReusable: false, at: start) == [.close(connection: 1), .open(connection: 2)])
        #expect(machine.opened(2, at: start) == [])
        #expect(machine.status.idle == 1)
        #expect(machine.giveBack(1, isReusable: true, at: start) == [])
    }

    @Test("refuse everybody while the server has never been reached, and wait longer and longer afterwards")
    func failures() {
        var machine = machine(maximum: 3)
        _ = machine.request(1, at: start) { _ in true }
        _ = machine.request(2, at: start) { _ in true }
        #expect(
            machine.openingFailed(1) == [.refuse(waiter: 1, .unreachable), .refuse(waiter: 2, .unreachable)])
        #expect(machine.openingFailed(2) == [])
        #expect(machine.request(3, at: start) { _ in true } == [.open(connection: 3)])
        #expect(machine.opened(3, at: start) == [.lend(connection: 3, waiter: 3)])

        _ = machine.request(4, at: start) { _ in true }
        _ = machine.request(5, at: start) { _ in true }
        #expect(machine.openingFailed(4) == [.pause(.milliseconds(100))])
        #expect(machine.openingFailed(5) == [])
        #expect(machine.request(6, at: start) { _ in true } == [])
        #expect(machine.pauseEnded() == [.open(connection: 6)])
        #expect(machine.openingFailed(6) == [.pause(.milliseconds(400))])
        #expect(machine.pauseEnded() == [.open(connection: 7)])
        #expect(machine.opened(7, at: start) == [.lend(connection: 7, waiter: 4), .open(connection: 8)])
        #expect(PoolStateMachine.pause(afterFailures: 60) == .seconds(5))
    }

    @Test("do not try again when nobody waits any more")
    func nobody() {
        var machine = machine(maximum: 2)
        _ = machine.request(1, at: start) { _ in true }
        _ = machine.opened(1, at: start)
        _ = machine.request(2, at: start) { _ in true }
        _ = machine.cancel(2)
        #expect(machine.openingFailed(2) == [])
    }

    @Test("close what has not been used for long, down to the minimum")
    func trimming() {
        var machine = machine(minimum: 1, maximum: 3)
        for waiter in 1...3 { _ = machine.request(waiter, at: start) { _ in true } }
        for connection in 1...3 { _ = machine.opened(connection, at: start) }
        for connection in 1...3 {
            _ = machine.giveBack(connection, isReusable: true, at: start + .seconds(connection))
        }
        #expect(machine.trim(at: start + .seconds(60)) == [])
        #expect(machine.trim(at: start + .seconds(61)) == [.close(connection: 1)])
        #expect(machine.trim(at: start + .seconds(100)) == [.close(connection: 2)])
        #expect(machine.status.idle == 1)
    }
}
