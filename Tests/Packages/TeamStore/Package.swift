// swift-tools-version: 6.1
import PackageDescription

// A team's package as its README would describe it: own migrations, own snapshot, and the plugin, in two targets that
// have tables of their own each. It has none of the compiler features of swift-event-store switched on, so that generated
// code is seen to need none of them.
let package = Package(
    name: "TeamStore",
    platforms: [.macOS(.v15)],
    dependencies: [
        // SQLite alone, so that nothing of PostgreSQL is resolved or needed.
        .package(name: "swift-event-store", path: "../../..", traits: [])
    ],
    targets: [
        .target(
            name: "Orders", dependencies: [.product(name: "EventSourcingSQLite", package: "swift-event-store")],
            plugins: [.plugin(name: "RowMappers", package: "swift-event-store")]),
        .target(
            name: "Billing", dependencies: [.product(name: "EventSourcingSQLite", package: "swift-event-store")],
            plugins: [.plugin(name: "RowMappers", package: "swift-event-store")]),
        .executableTarget(
            name: "TeamStore",
            dependencies: [
                "Billing", "Orders",
                .product(name: "EventSourcingSQLite", package: "swift-event-store"),
                .product(name: "EventSourcingTesting", package: "swift-event-store"),
            ]),
    ]
)
