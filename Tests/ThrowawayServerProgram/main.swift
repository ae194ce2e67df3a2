import EventSourcingPostgres
import Foundation

// Starts a server, writes where it is into a file, and waits to be killed; for the tests of what happens then.
let server = try await ThrowawayServer.start()
try Data(server.folder.utf8).write(to: URL(fileURLWithPath: CommandLine.arguments[1]), options: .atomic)
try await Task.sleep(for: .seconds(600))
withExtendedLifetime(server) {}
