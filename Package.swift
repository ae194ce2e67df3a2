// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "swift-event-store",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "EventSourcing", targets: ["EventSourcing"]),
        .library(name: "EventSourcingSQLite", targets: ["EventSourcingSQLite"]),
        .library(name: "EventSourcingTesting", targets: ["EventSourcingTesting"]),
        .library(name: "SQLMigrations", targets: ["SQLMigrations"]),
        .executable(name: "event-store", targets: ["event-store"]),
        .executable(name: "row-generator", targets: ["row-generator"]),
        .plugin(name: "RowMappers", targets: ["RowMappers"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        // The store contract: events, expectations, errors, in-memory stores. No SQL.
        .target(name: "JSONText", swiftSettings: settings),
        .target(name: "EventSourcing", dependencies: ["JSONText"], swiftSettings: settings),
        .target(name: "EventSourcingTesting", dependencies: ["EventSourcing"], swiftSettings: settings),

        // From SQL files to a catalog, and from a catalog to Swift.
        .target(name: "SQLSchema", dependencies: ["JSONText"], swiftSettings: settings),
        .target(name: "SQLMigrations", dependencies: ["SQLSchema"], swiftSettings: settings),
        .target(name: "RowGenerator", dependencies: ["SQLSchema"], swiftSettings: settings),
        .executableTarget(name: "row-generator", dependencies: ["RowGenerator", "SQLSchema"], swiftSettings: settings),
        .plugin(name: "RowMappers", capability: .buildTool(), dependencies: ["row-generator"]),

        // What the stores on SQL databases share, and the databases themselves.
        .target(
            name: "EventSourcingSQL", dependencies: ["EventSourcing", "SQLMigrations", "SQLSchema"],
            swiftSettings: settings),
        .target(
            name: "StandardSchema", dependencies: ["EventSourcingSQL"], swiftSettings: settings,
            plugins: ["RowMappers"]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(
            name: "EventSourcingSQLite", dependencies: ["CSQLite", "EventSourcingSQL", "StandardSchema"],
            swiftSettings: settings),

        .executableTarget(
            name: "event-store",
            dependencies: [
                "EventSourcingSQLite", "JSONText", "RowGenerator", "SQLMigrations", "SQLSchema", "StandardSchema",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: settings),
        .testTarget(
            name: "EventSourcingTests", dependencies: ["EventSourcing", "EventSourcingTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "EventSourcingTestingTests", dependencies: ["EventSourcing", "EventSourcingTesting"],
            swiftSettings: settings),
        .testTarget(name: "SQLSchemaTests", dependencies: ["SQLSchema"], swiftSettings: settings),
        .testTarget(
            name: "SQLMigrationsTests", dependencies: ["SQLMigrations", "SQLSchema"], swiftSettings: settings),
        .testTarget(
            name: "RowGeneratorTests", dependencies: ["EventSourcingSQL", "RowGenerator", "SQLSchema", "TestSupport"],
            exclude: ["Cases"], swiftSettings: settings),
        // A process of the tests on SQLite that can be killed, limited and measured, and what it shares with them.
        .target(
            name: "SQLiteTestSupport", dependencies: ["EventSourcingSQLite", "TestSupport"],
            path: "Tests/SQLiteTestSupport", swiftSettings: settings),
        .executableTarget(
            name: "sqlite-worker", dependencies: ["EventSourcingSQLite", "SQLiteTestSupport"],
            path: "Tests/SQLiteWorker", swiftSettings: settings),
        .testTarget(
            name: "EventSourcingSQLiteTests",
            dependencies: [
                "EventSourcingSQLite", "EventSourcingTesting", "SQLMigrations", "SQLSchema", "SQLiteTestSupport",
                "TestSupport", "sqlite-worker",
            ],
            swiftSettings: settings),
        .testTarget(name: "DocumentationTests", dependencies: ["TestSupport"], swiftSettings: settings),
        // Depends on the executable so that it is built; the tests run it as a process.
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["EventSourcingSQLite", "StandardSchema", "TestSupport", "event-store"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
