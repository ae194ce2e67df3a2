// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// A package of its own, for two reasons: the plugin reads one snapshot per package, and the benchmarks have tables of
// a team; and from outside of swift-event-store nothing but its public API can be used.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-event-store", path: "../..", traits: ["Postgres"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    ],
    targets: [
        // Counts fsync and fdatasync, so that durability is seen and not believed.
        .target(name: "DiskFacts"),
        // A team's tables in a module of their own: the stores get their row mappers across its boundary.
        .target(
            name: "OrderSchema",
            dependencies: [
                .product(name: "EventSourcingPostgres", package: "swift-event-store"),
                .product(name: "EventSourcingSQLite", package: "swift-event-store"),
            ],
            plugins: [.plugin(name: "RowMappers", package: "swift-event-store")]),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "OrderSchema", "DiskFacts",
                .product(name: "EventSourcing", package: "swift-event-store"),
                .product(name: "EventSourcingPostgres", package: "swift-event-store"),
                .product(name: "EventSourcingSQLite", package: "swift-event-store"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
